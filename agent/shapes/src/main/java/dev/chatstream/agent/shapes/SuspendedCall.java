package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function that suspends, from its first entry to its last return.
 *
 * <pre>
 *   first call ──let in at once────────────────────▶ runs ──returns, throws────────────────▶ over
 *       │                                             ▲ │                                     ▲
 *       └──suspends──▶ waits ──let in──▶ body is called │ └──suspends──▶ ... ──resumes caller──┘
 *                        └──refused, cancelled──────────────────────────────────────────────▶ over
 * </pre>
 *
 * <p>Race, being let in or refused against the caller's being cancelled while it waits: the first has it resumed, once.
 */
final class SuspendedCall implements Adapter.Suspension {

    /** What the woven method keeps whose body is not to run now. */
    final class Waiting implements Supplier<Object> {
        @Override
        public Object get() {
            return kotlin.suspended();
        }
    }

    /** What it keeps while the body runs, on this thread until it returns or suspends. */
    final class Running {
        private final Runnable leave;

        private Running(Runnable leave) {
            this.leave = leave;
        }

        @Nullable
        Object exit(@Nullable Object returned, @Nullable Throwable thrown) {
            leave.run();
            if (thrown != null) {
                threw();
                return returned;
            }
            return kotlin.suspended().equals(returned) ? returned : SuspendedCall.this.returned(returned);
        }
    }

    private final Passage passage;
    private final Entry.Suspended entered;
    private final Following following;
    private final Adapter.OfCoroutines kotlin;
    private final Class<?> owner;
    private final String method;
    private final ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
    private final AtomicBoolean resumed = new AtomicBoolean();
    private final AtomicBoolean beginning = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile Adapter.@Nullable StandIn standIn;
    private volatile @Nullable Callable<@Nullable Object> body;
    private volatile @Nullable Supplier<Shapes.Given> follow;
    private volatile @Nullable CancellationException cancelled;
    private volatile @Nullable Outlet outlet;
    private volatile Shapes.Given given = Shapes.Given.NOTHING;

    SuspendedCall(Passage passage, Following following, Adapter.OfCoroutines kotlin, Class<?> owner, String method) {
        this.passage = passage;
        this.entered = (Entry.Suspended) passage.entered();
        this.following = following;
        this.kotlin = kotlin;
        this.owner = owner;
        this.method = method;
    }

    Object standingInFor(Object continuation) {
        Adapter.StandIn made = kotlin.standIn(continuation, this);
        standIn = made;
        return made;
    }

    private Adapter.StandIn standIn() {
        return requireNonNull(standIn, "not made");
    }

    @Override
    public GuardedStream.Carried carried() {
        return entered.carried();
    }

    /** It is in: from now on it is followed. */
    void letIn(Supplier<Shapes.Given> arguments) {
        Outlet held = new Outlet(passage, following, entered.self(), "suspended in something", 1);
        outlet = held;
        Adapter.StandIn there = standIn();
        held.onAbort(there, SuspendedCall::abort);
        held.endIfForgotten(there);
        given = arguments.get();
        Throwable fault = given.fault();
        if (fault != null) {
            following.ownFault("what " + passage.method() + " was given is not followed", fault);
        }
    }

    private static void abort(Adapter.StandIn there, RuntimeException exception) {
        there.cancel(
                exception instanceof CancellationException its
                        ? its
                        : (CancellationException)
                                new CancellationException(exception.getMessage()).initCause(exception));
    }

    Running running() {
        return new Running(outlet == null ? () -> {} : entered.here());
    }

    /** It is not known yet whether it gets in. */
    Waiting waits(Callable<@Nullable Object> code, Supplier<Shapes.Given> arguments) {
        body = code;
        follow = arguments;
        var unused = entered.outcome().whenComplete((refusal, fault) -> resume());
        if (standIn().cancelled() != null) {
            cancelled(); // race, before there was anything to resume
        }
        return new Waiting();
    }

    /** On a thread of its own: what dispatchers do is the application's. */
    private void resume() {
        if (resumed.compareAndSet(false, true)) {
            startBeginning();
        }
    }

    private void startBeginning() {
        Hop.start("chatstream-resume", () -> {
            Thread.currentThread().setContextClassLoader(contextLoader);
            standIn().begin();
        });
    }

    /** Where it runs, whatever it suspends in is cancelled along. */
    @Override
    public void cancelled() {
        if (body != null && resumed.compareAndSet(false, true)) {
            cancelled = standIn().cancelled();
            entered.withdraw();
            startBeginning();
        }
    }

    @Override
    public @Nullable Object begin() throws Throwable {
        CancellationException gone = cancelled;
        if (gone != null) {
            standIn().complete();
            throw gone;
        }
        refuseOrLetIn();
        Callable<@Nullable Object> code = requireNonNull(body, "does not wait");
        body = null; // with the arguments in it
        beginning.set(true);
        try {
            Object result = code.call();
            return kotlin.suspended().equals(result) ? result : returned(result);
        } catch (Throwable thrown) {
            threw();
            throw thrown;
        }
    }

    private void refuseOrLetIn() {
        Entry.Refusal refusal;
        try {
            refusal = entered.outcome().join().orElse(null);
        } catch (RuntimeException fault) {
            following.ownFault("a call of " + passage.method() + " runs unguarded", fault);
            return;
        }
        if (refusal != null) {
            standIn().complete();
            throw passage.exception(refusal);
        }
        letIn(requireNonNull(follow, "does not wait"));
        follow = null;
    }

    /** Whether it is this call that the woven method was entered for; once. */
    boolean isBegun(Class<?> woven, String entered) {
        return owner.equals(woven) && method.equals(entered) && beginning.compareAndSet(true, false);
    }

    @Override
    public @Nullable Object returned(@Nullable Object value) {
        if (!over.compareAndSet(false, true)) {
            return value;
        }
        Object instead = null;
        Outlet held = outlet;
        try {
            standIn().complete();
            instead = held == null ? null : held.goesOn(value);
        } catch (RuntimeException | Error own) {
            following.ownFault("the end of " + passage.method() + " is not followed", own);
        }
        if (held != null && instead == null) {
            held.end();
        }
        given.methodLeft().run();
        return instead == null ? value : instead;
    }

    @Override
    public void threw() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            given.methodThrew().run();
            standIn().complete();
            entered.fail();
        } catch (RuntimeException | Error own) {
            following.ownFault("the end of " + passage.method() + " is not followed", own);
        }
        Outlet held = outlet;
        if (held != null) {
            held.end();
        }
    }
}
