package dev.chatstream.agent.adapters;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.InMemoryStore;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Leftovers;
import dev.chatstream.agent.core.RecordingJournal;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.shapes.Openings;
import dev.chatstream.agent.shapes.Shapes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/** Guarded methods over the real engine and a store in memory, without the weaving. */
public final class Guarding implements AutoCloseable {

    private static final Openings OPENINGS = new Openings(ByteBuddyAgent.install());
    private static final String CHAT = "c";

    /** What the consumer of an aborted stream gets. */
    public static final class Aborted extends CancellationException {
        private static final long serialVersionUID = 1;
        public final GuardedStream.AbortReason reason;

        Aborted(Entry.Aborted refusal) {
            super(refusal.message());
            this.reason = refusal.reason();
        }
    }

    /** What the consumer of a stream gets that has not got its chat. */
    public static final class Busy extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Busy(String message) {
            super(message);
        }
    }

    public final InMemoryStore store = new InMemoryStore(System::nanoTime, Duration.ofSeconds(60));
    public final RecordingJournal journal = new RecordingJournal();
    public final StreamGuard guard;
    private final boolean completesOnStop;
    private final @Nullable OnBusy onBusy;
    private final Shapes shapes;
    private @Nullable GuardedStream stream;

    private Guarding(Duration subscribeTimeout, boolean completesOnStop, @Nullable OnBusy onBusy) {
        this(subscribeTimeout, Duration.ofSeconds(10), completesOnStop, onBusy);
    }

    private Guarding(Duration subscribeTimeout, Duration abortGrace, boolean completesOnStop, @Nullable OnBusy onBusy) {
        this.completesOnStop = completesOnStop;
        this.onBusy = onBusy;
        this.shapes = shapes();
        guard = StreamGuard.start(
                new GuardSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        8,
                        abortGrace,
                        Duration.ofHours(1),
                        subscribeTimeout,
                        Duration.ZERO,
                        OnBusy.WAIT,
                        GuardSettings.OnLost.ABORT,
                        GuardSettings.OnRedisDown.DEGRADE,
                        GuardSettings.OnMissingChatId.PASS,
                        GuardSettings.Mode.ENFORCE),
                store,
                journal);
        guard.open();
    }

    public static Guarding asConfigured() {
        return withSubscribeTimeout(Duration.ofSeconds(30));
    }

    public static Guarding completingOnStop() {
        return new Guarding(Duration.ofSeconds(30), true, null);
    }

    public static Guarding rejecting() {
        return new Guarding(Duration.ofSeconds(30), false, OnBusy.REJECT);
    }

    public static Guarding withSubscribeTimeout(Duration timeout) {
        return new Guarding(timeout, false, null);
    }

    public static Guarding withAbortGrace(Duration grace) {
        return new Guarding(Duration.ofSeconds(30), grace, false, null);
    }

    /** What the caller of a guarded method gets that is declared so and returns that. */
    public <T> T call(Class<?> declared, Supplier<? extends T> body) {
        return call(declared, true, body);
    }

    @SuppressWarnings("unchecked") // a shape keeps the declared type, which is what is tested
    public <T> T call(Class<?> declared, boolean subscribed, Supplier<? extends T> body) {
        Entry entry = guard.enter(
                new Call(new Call.Rule("Chat#stream", onBusy, null, null, true, subscribed), CHAT, null, null));
        assertThat(entry).isInstanceOf(Entry.Entered.class);
        Entry.Entered method = (Entry.Entered) entry;
        stream = method.stream();
        T returned = body.get();
        Shapes.Followed followed = shapes().follow(returned, new PlainPassage(method, declared));
        assertThat(followed.fault()).isNull();
        assertThat(declared).isAssignableFrom(followed.result().getClass());
        method.leave();
        followed.methodLeft().run();
        return (T) followed.result();
    }

    /** The body of a function that suspends. */
    public interface Suspending {
        Object run(Object continuation) throws Throwable;
    }

    /** What is woven around a function that suspends, whose continuation is its last argument. */
    public Object suspending(Class<?> owner, String method, Object self, Object[] arguments, Suspending body)
            throws Throwable {
        int last = arguments.length - 1;
        Object token;
        switch (shapes.suspending().arrival(owner, method, arguments[last])) {
            case Shapes.Suspending.Arrival.First first -> {
                switch (way(owner, method, self, arguments)) {
                    case Shapes.Suspending.Way.Runs runs -> token = runs.token();
                    case Shapes.Suspending.Way.Waits waits -> {
                        return requireNonNull(shapes.suspending().exit(waits.token(), null, null));
                    }
                    case Shapes.Suspending.Way.Refused refused -> throw PlainPassage.seen(refused.refusal());
                }
            }
            case Shapes.Suspending.Arrival.Begun begun -> token = begun.token();
            case Shapes.Suspending.Arrival.Resumed resumed -> {
                return body.run(arguments[last]);
            }
            case Shapes.Suspending.Arrival.Unknown unknown -> {
                return body.run(arguments[last]);
            }
        }
        Object returned;
        try {
            returned = body.run(arguments[last]);
        } catch (Throwable thrown) {
            shapes.suspending().exit(token, null, thrown);
            throw thrown;
        }
        return requireNonNull(shapes.suspending().exit(token, returned, null));
    }

    private Shapes.Suspending.Way way(Class<?> owner, String method, Object self, Object[] arguments) throws Throwable {
        Entry.Suspended entered = (Entry.Suspended)
                guard.enterSuspended(new Call(new Call.Rule("Chat#talk", onBusy, null, null, true), CHAT, null, null));
        stream = entered.stream();
        return shapes.suspending().call(new PlainPassage(entered, Object.class), owner, method, self, arguments);
    }

    private Shapes shapes() {
        return new Shapes(OPENINGS, journal, completesOnStop);
    }

    /** The stream of the call that was made last. */
    public GuardedStream stream() {
        return requireNonNull(stream);
    }

    public boolean isLocked() {
        return store.server().lock(CHAT).isPresent();
    }

    public void isHeld() {
        assertThat(isLocked()).isTrue();
    }

    public void becomesFree() throws Exception {
        Await.until("the chat is free", () -> !isLocked());
    }

    /** Nobody has the chat, and the engine has forgotten everything about it. */
    public void isOver() throws Exception {
        Await.soon("the chat is free", () -> !isLocked());
        Await.soon("nothing is left in the engine", () -> Leftovers.none(guard, CHAT));
    }

    /** How often a release was sent: once for each lock, but for one whose acquire has not been answered. */
    public long releases() {
        return store.count(InMemoryStore.Operation.RELEASE);
    }

    /** Somebody else has the chat. */
    public Entry.Entered occupy() {
        return (Entry.Entered)
                guard.enter(new Call(new Call.Rule("Other#call", null, null, null, true), CHAT, null, null));
    }

    public void stop() {
        guard.abortChat(CHAT).join();
    }

    /** Warnings and errors that were said. */
    public List<String> said() {
        return journal.lines().stream()
                .filter(line -> line.level().compareTo(Journal.Level.WARN) <= 0)
                .map(RecordingJournal.Line::message)
                .toList();
    }

    @Override
    public void close() {
        guard.shutdown();
    }
}
