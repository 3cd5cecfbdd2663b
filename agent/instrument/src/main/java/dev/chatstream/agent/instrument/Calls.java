package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Journal;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher calls when a woven method begins and ends. Nothing but a refusal leaves here as an exception: an
 * error of the agent's own is said once and the call goes on unguarded.
 */
final class Calls {

    /** What a call gets before its body runs. */
    private sealed interface Admission {
        record In(Passage passage) implements Admission {}

        /** The body runs as if it were not woven. */
        record Unguarded() implements Admission {}

        record Refused(Throwable exception) implements Admission {}
    }

    private static final Admission UNGUARDED = new Admission.Unguarded();

    private final Sites sites;
    private final Properties properties;
    private final Shapes shapes;
    private final ProxyTargets proxyTargets;
    private final Outlet.Following following;
    private final OwnErrors errors;
    private final Journal journal;
    private final ExceptionsOf exceptions = new ExceptionsOf();

    Calls(
            Sites sites,
            Properties properties,
            Shapes shapes,
            boolean completesOnStop,
            OwnErrors errors,
            Journal journal) {
        this.sites = sites;
        this.properties = properties;
        this.shapes = shapes;
        this.proxyTargets = new ProxyTargets(sites);
        // made here and not at the first call: a thread keeps what it finds around it when it starts
        this.following = new Outlet.Following(journal, completesOnStop);
        this.errors = errors;
        this.journal = journal;
    }

    /** Answers what {@link #exit} is to be given; null where the call is not guarded. */
    @Nullable
    Object enter(Class<?> owner, String method, @Nullable Object self, Object[] arguments) throws Throwable {
        return switch (admission(owner, method, self, arguments)) {
            case Admission.In in -> in.passage();
            case Admission.Unguarded unguarded -> null;
            case Admission.Refused refused -> throw refused.exception();
        };
    }

    private Admission admission(Class<?> owner, String method, @Nullable Object self, Object[] arguments) {
        try {
            Site site = sites.get(owner).of(method);
            return site == null ? UNGUARDED : admission(site, owner, method, self, arguments);
        } catch (Throwable error) {
            errors.tell("enter", owner.getName() + "#" + method + " runs unguarded", error);
            return UNGUARDED;
        }
    }

    private Admission admission(Site site, Class<?> owner, String method, @Nullable Object self, Object[] arguments)
            throws Throwable {
        return switch (site) {
            case Site.Broken broken -> new Admission.Refused(new IllegalStateException(broken.message()));
            case Site.Guarded guarded ->
                guarded.inJdkProxy() && proxyTargets.guards(self, method)
                        ? UNGUARDED
                        : guarded(guarded, owner, method, arguments);
        };
    }

    private Admission guarded(Site.Guarded site, Class<?> owner, String method, Object[] arguments) {
        Entry entry = site.guard().enter(site.call(arguments, properties, journal));
        if (entry instanceof Entry.Entered entered) {
            return new Admission.In(new Passage(site, entered, owner, method, exceptions));
        }
        return new Admission.Refused(refusal(entry, exceptions.get(owner)));
    }

    private static Throwable refusal(Entry entry, Exceptions exceptions) {
        return switch (entry) {
            case Entry.Busy busy -> exceptions.busy(busy.message(), busy.chatId(), busy.ownerStreamId());
            case Entry.Unavailable unavailable -> exceptions.unavailable(unavailable.message(), unavailable.chatId());
            case Entry.Aborted aborted -> exceptions.aborted(aborted.message(), aborted.streamId(), aborted.reason());
            case Entry.MissingChatId missing -> new IllegalArgumentException(missing.message());
            case Entry.Entered entered -> throw new IllegalStateException("is let in");
        };
    }

    /** Answers what the method's caller gets. */
    @Nullable
    Object exit(Object token, @Nullable Object returned, @Nullable Throwable thrown) {
        Passage passage = (Passage) token;
        try {
            if (thrown != null) {
                passage.entered().fail();
                return returned;
            }
        } catch (Throwable error) {
            errors.tell("exit", passage.method() + " ended", error);
            return returned;
        }
        Followed followed = followed(passage, returned);
        try {
            passage.entered().leave();
        } catch (Throwable error) {
            errors.tell("exit", passage.method() + " ended", error);
        }
        Outlet outlet = followed.outlet();
        if (outlet != null) {
            outlet.methodLeft();
        }
        return followed.result();
    }

    /** What the caller gets; the outlet, where the stream goes on until that is over. */
    private record Followed(
            @Nullable Object result, @Nullable Outlet outlet) {}

    private Followed followed(Passage passage, @Nullable Object returned) {
        if (returned == null) {
            return new Followed(null, null);
        }
        Outlet outlet = null;
        try {
            Shape shape = shapes.of(returned, passage::declared);
            if (shape == null) {
                return new Followed(returned, null);
            }
            outlet = new Outlet(passage, following);
            if (shape.isOver(returned)) {
                outlet.end();
                return new Followed(returned, outlet);
            }
            return new Followed(shape.follow(returned, outlet), outlet);
        } catch (Throwable error) {
            if (outlet != null) {
                outlet.end(); // or the chat would be held for ever
            }
            errors.tell("follow", "what " + passage.method() + " returned is not followed", error);
            return new Followed(returned, outlet);
        }
    }
}
