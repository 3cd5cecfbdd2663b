package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.StreamGuard;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Functions that suspend. Where such a call waits for its chat, it suspends, and its body is called when it is let in: no
 * thread of a dispatcher's is held. Only where no dispatcher says on which thread the caller goes on, and the calling one may
 * block, that waits, as it does in every other method: code in front of the first suspension may count on being on it.
 */
final class Coroutines implements Shapes.Suspending {

    /** Of the machinery of coroutines, not of an application's executor that coroutines run on. */
    private static final String KOTLINS_THREADS = "kotlinx.coroutines.";

    private static final Arrival FIRST = new Arrival.First();
    private static final Arrival RESUMED = new Arrival.Resumed();

    private final Adapters<Adapter.OfCoroutines> adapters =
            new Adapters<>(Adapter.OfCoroutines.class, "adapters.kotlin.CoroutinesAdapter");

    private final Arguments arguments;
    private final Following following;
    private final Labels labels;
    private final BodyHandles bodies;

    /** The library that a woven class sees. */
    private final ClassValue<Optional<Class<?>>> libraries = new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> owner) {
            try {
                return Optional.of(Class.forName("kotlinx.coroutines.Job", false, owner.getClassLoader()));
            } catch (ClassNotFoundException | LinkageError none) {
                return Optional.empty();
            }
        }
    };

    Coroutines(Openings openings, Arguments arguments, Following following) {
        this.arguments = arguments;
        this.following = following;
        this.labels = new Labels(openings);
        this.bodies = new BodyHandles(openings);
    }

    @Override
    public Arrival arrival(Class<?> owner, String method, @Nullable Object continuation) {
        if (continuation instanceof Adapter.StandIn standIn
                && standIn.suspension() instanceof SuspendedCall call
                && call.isBegun(owner, method)) {
            return new Arrival.Begun(call.running());
        }
        if (continuation == null) {
            return new Arrival.Unknown("it was given no continuation");
        }
        return switch (labels.of(continuation)) {
            case RESUMED -> RESUMED;
            case UNKNOWN ->
                new Arrival.Unknown(
                        continuation.getClass().getName() + " does not tell whether the function begins or goes on");
            case CALLER -> libraries.get(owner).map(this::linked).orElseGet(Coroutines::noLibrary);
        };
    }

    private Arrival linked(Class<?> library) {
        Throwable why = adapters.whyNot(library);
        return why == null
                ? FIRST
                : new Arrival.Unknown("this agent does not know its version of kotlinx.coroutines (" + why + ")");
    }

    private static Arrival noLibrary() {
        return new Arrival.Unknown("its class sees no kotlinx.coroutines");
    }

    @Override
    public Way call(Passage passage, Class<?> owner, String method, @Nullable Object self, @Nullable Object[] given)
            throws Throwable {
        Entry.Suspended entered = (Entry.Suspended) passage.entered();
        int last = given.length - 1;
        Object continuation = requireNonNull(given[last]);
        try {
            Adapter.OfCoroutines kotlin = adapters.of(libraries.get(owner).orElseThrow());
            if (!entered.outcome().isDone() && !kotlin.isDispatched(continuation) && mayBlock()) {
                var unused = entered.await();
            }
            if (!entered.outcome().isDone()) {
                MethodHandle body = bodies.of(owner, method, self == null);
                SuspendedCall call = new SuspendedCall(passage, following, kotlin, owner, method);
                given[last] = call.standingInFor(continuation);
                @Nullable Object[] kept = given.clone();
                Callable<@Nullable Object> code = () -> BodyHandles.invoke(body, self, kept);
                return new Way.Waits(call.waits(code, () -> arguments.follow(kept, passage)));
            }
            Optional<Entry.Refusal> refusal = entered.outcome().join();
            if (refusal.isPresent()) {
                return new Way.Refused(refusal.get());
            }
            SuspendedCall call = new SuspendedCall(passage, following, kotlin, owner, method);
            given[last] = call.standingInFor(continuation);
            call.letIn(() -> arguments.follow(given, passage));
            return new Way.Runs(call.running());
        } catch (Throwable fault) {
            given[last] = continuation;
            entered.withdraw();
            throw fault;
        }
    }

    private static boolean mayBlock() {
        Thread thread = Thread.currentThread();
        return !StreamGuard.isOnEventLoop()
                && !thread.getClass().getName().startsWith(KOTLINS_THREADS)
                && !thread.getName().startsWith(KOTLINS_THREADS);
    }

    @Override
    public @Nullable Object exit(Object token, @Nullable Object returned, @Nullable Throwable thrown) {
        return token instanceof SuspendedCall.Waiting waiting
                ? waiting.get()
                : ((SuspendedCall.Running) token).exit(returned, thrown);
    }
}
