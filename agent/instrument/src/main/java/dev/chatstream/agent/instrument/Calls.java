package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.shapes.Shapes;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher calls when a woven method begins and ends. Nothing but a refusal leaves here as an exception: an
 * error of the agent's own is said once and the call goes on unguarded.
 */
final class Calls {

    /** What a call gets before its body runs. */
    sealed interface Admission {

        /** It runs. */
        record In(Object token) implements Admission {}

        /** The body runs as if it were not woven. */
        record Unguarded() implements Admission {}

        record Refused(Throwable exception) implements Admission {}
    }

    static final Admission UNGUARDED = new Admission.Unguarded();

    private final Sites sites;
    private final Properties properties;
    private final Shapes shapes;
    private final Telemetry telemetry;
    private final ProxyTargets proxyTargets;
    private final OwnErrors errors;
    private final Journal journal;
    private final WovenPassage.OfWoven ofWoven = new WovenPassage.OfWoven();
    private final SuspendingCalls suspending;

    Calls(Sites sites, Properties properties, Shapes shapes, Telemetry telemetry, OwnErrors errors, Journal journal) {
        this.sites = sites;
        this.properties = properties;
        this.shapes = shapes;
        this.telemetry = telemetry;
        this.proxyTargets = new ProxyTargets(sites);
        this.errors = errors;
        this.journal = journal;
        this.suspending = new SuspendingCalls(properties, shapes, telemetry, journal, ofWoven);
    }

    /** Answers what {@link #exit} is to be given; null where the call is not guarded. */
    @Nullable
    Object enter(Class<?> owner, String method, @Nullable Object self, Object[] arguments) throws Throwable {
        return switch (admission(owner, method, self, arguments)) {
            case Admission.In in -> in.token();
            case Admission.Unguarded unguarded -> null;
            case Admission.Refused refused -> throw refused.exception();
        };
    }

    private Admission admission(Class<?> owner, String method, @Nullable Object self, Object[] arguments) {
        try {
            Site site = sites.get(owner).of(method);
            return site == null ? UNGUARDED : admission(site, owner, new Body(owner, method, self), arguments);
        } catch (Throwable error) {
            errors.tell("enter", owner.getName() + "#" + method + " runs unguarded", error);
            return UNGUARDED;
        }
    }

    /** A woven method, as it was called. */
    record Body(Class<?> woven, String method, @Nullable Object self) {}

    /** @param owner the class that says so: the woven one, or one that adopts its method */
    private Admission admission(Site site, Class<?> owner, Body body, Object[] arguments) throws Throwable {
        return switch (site) {
            case Site.Broken broken -> new Admission.Refused(new IllegalStateException(broken.message()));
            case Site.OfTarget proxy -> proxyTargets.guards(body.self(), body.method()) ? UNGUARDED : ofNoTarget(proxy);
            case Site.Guarded guarded -> guarded(guarded, owner, body, arguments);
            case Site.ByReceiver some -> byReceiver(some, owner, body, arguments);
        };
    }

    private Admission guarded(Site.Guarded site, Class<?> owner, Body body, Object[] arguments) throws Throwable {
        Admission begun = site.suspends() ? suspending.begun(body, arguments) : null;
        if (begun != null) {
            return begun;
        }
        if (site.guard().isOff() || (site.inJdkProxy() && proxyTargets.guards(body.self(), body.method()))) {
            return UNGUARDED;
        }
        return site.suspends()
                ? suspending.first(site, owner, body, arguments)
                : guarded(site, owner, body.method(), arguments);
    }

    private Admission ofNoTarget(Site.OfTarget proxy) {
        if (proxy.strict()) {
            return new Admission.Refused(new IllegalStateException(proxy.message()));
        }
        if (proxy.told().compareAndSet(false, true)) {
            journal.tell(Journal.Level.WARN, "not guarded", proxy.message(), null);
        }
        return UNGUARDED;
    }

    private Admission byReceiver(Site.ByReceiver some, Class<?> owner, Body body, Object[] arguments) throws Throwable {
        Object self = body.self();
        Receivers.Adopted adopted = self == null ? null : sites.adopted(self.getClass(), some);
        if (adopted != null) {
            return admission(adopted.site(), adopted.by(), body, arguments);
        }
        return some.otherwise() == null ? UNGUARDED : admission(some.otherwise(), owner, body, arguments);
    }

    private Admission guarded(Site.Guarded site, Class<?> owner, String method, Object[] arguments) {
        Call call = site.call(arguments, properties, journal, telemetry.listener(owner));
        return switch (site.guard().enter(call)) {
            case Entry.Entered entered ->
                new Admission.In(
                        followingArguments(new WovenPassage(site, entered, owner, method, ofWoven), site, arguments));
            case Entry.Refusal refusal ->
                new Admission.Refused(ofWoven.exceptions().get(owner).of(refusal));
        };
    }

    /** The body sees what stands for an argument: the array is written back, see {@link GuardedBody}. */
    private WovenPassage followingArguments(WovenPassage passage, Site.Guarded site, Object[] arguments) {
        if (site.followsArguments()) {
            Shapes.Given given = shapes.followArguments(arguments, passage);
            passage.given(given);
            if (given.fault() != null) {
                errors.tell("follow", "what " + passage.method() + " was given is not followed", given.fault());
            }
        }
        return passage;
    }

    /** Answers what the method's caller gets. */
    @Nullable
    Object exit(Object token, @Nullable Object returned, @Nullable Throwable thrown) {
        return token instanceof WovenPassage passage
                ? exit(passage, returned, thrown)
                : shapes.suspending().exit(token, returned, thrown);
    }

    private @Nullable Object exit(WovenPassage passage, @Nullable Object returned, @Nullable Throwable thrown) {
        try {
            if (thrown != null) {
                passage.given().methodThrew().run(); // first: it is the method's end that is the stream's
                passage.entered().fail();
                return returned;
            }
        } catch (Throwable error) {
            errors.tell("exit", passage.method() + " ended", error);
            return returned;
        }
        Shapes.Followed followed = shapes.follow(returned, passage);
        if (followed.fault() != null) {
            errors.tell("follow", "what " + passage.method() + " returned is not followed", followed.fault());
        }
        try {
            passage.entered().leave();
        } catch (Throwable error) {
            errors.tell("exit", passage.method() + " ended", error);
        }
        followed.methodLeft().run();
        passage.given().methodLeft().run();
        return followed.result();
    }
}
