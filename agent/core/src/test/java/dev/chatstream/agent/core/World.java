package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One server, several pods, and a clock that only the test moves: no thread runs by itself. */
final class World {

    static final Duration TTL = Duration.ofSeconds(60);
    static final Duration HEARTBEAT = Duration.ofSeconds(20);
    static final Duration TICK = Duration.ofSeconds(1);

    static final GuardSettings DEFAULTS = new GuardSettings(
            TTL,
            HEARTBEAT,
            TICK,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            8,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Duration.ZERO,
            OnBusy.WAIT,
            OnLost.ABORT,
            OnRedisDown.DEGRADE,
            OnMissingChatId.PASS,
            Mode.ENFORCE);

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(90).toNanos()); // overflows
    final InMemoryServer server;
    private final List<Pod> pods = new ArrayList<>();

    /** Runs after everything that happens while the time passes. */
    Runnable afterEach = () -> {};

    World() {
        server = new InMemoryServer(nanos::get);
    }

    /** @param made makes the server, whose clock begins at zero */
    World(Function<LongSupplier, ? extends InMemoryServer> made) {
        long start = nanos.get();
        server = made.apply(() -> nanos.get() - start);
    }

    /** A pod that is connected. */
    Pod pod() {
        return pod(settings -> settings);
    }

    Pod pod(UnaryOperator<GuardSettings> change) {
        return new Pod(change.apply(DEFAULTS), true);
    }

    /** A pod whose store has no connection yet. */
    Pod unconnectedPod(String why) {
        return new Pod(DEFAULTS, true, store -> store.goDown(why));
    }

    /** A pod whose store has several nodes. */
    Pod podWithLanes(int number) {
        return new Pod(DEFAULTS, true, store -> store.splitIntoLanes(number));
    }

    /** A pod without a store. */
    Pod podAlone() {
        return new Pod(DEFAULTS, false);
    }

    /** Lets the time pass; whatever is due on the way happens when it is due. */
    void advance(Duration time) {
        long end = nanos.get() + time.toNanos();
        while (true) {
            long next = Long.MAX_VALUE;
            for (Pod pod : pods) {
                next = Math.min(next, pod.untilDue());
            }
            if (next == Long.MAX_VALUE || nanos.get() + Math.max(0, next) - end > 0) {
                break;
            }
            nanos.addAndGet(Math.max(0, next));
            pods.forEach(Pod::runDue);
            afterEach.run();
        }
        nanos.set(end);
        afterEach.run();
    }

    void advanceSeconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    long now() {
        return nanos.get();
    }

    final class Pod {
        final InMemoryStore store;
        final Network network;
        final RecordingJournal journal = new RecordingJournal();
        final StreamGuard guard;
        boolean paused;

        /** Whether calls come on a thread that must not block. */
        boolean onEventLoop;

        Pod(GuardSettings settings, boolean withStore) {
            this(settings, withStore, store -> {});
        }

        /** @param before what is done to the store before it is opened */
        Pod(GuardSettings settings, boolean withStore, Consumer<InMemoryStore> before) {
            store = new InMemoryStore(server, settings.lockTtl());
            network = new Network(store, nanos::get, settings.commandTimeout());
            guard = new StreamGuard(settings, withStore ? store : null, journal, nanos::get, () -> onEventLoop);
            pods.add(this);
            before.accept(store);
            guard.open();
        }

        private long untilDue() {
            long network = this.network.untilDue(paused);
            return paused
                    ? network
                    : Math.min(network, guard.engine().pacemaker().untilDue());
        }

        private void runDue() {
            network.runDue(paused);
            if (!paused) {
                guard.engine().pacemaker().runDue();
            }
        }

        /** A call of the default rule begins; whether it is in, out or still waiting is for the test to see. */
        Attempt call(String chatId) {
            return call(chatId, null);
        }

        Attempt call(String chatId, @Nullable String streamId) {
            return call(chatId, streamId, null);
        }

        Attempt call(String chatId, @Nullable String streamId, @Nullable OnBusy onBusy) {
            return call(new Call(new Call.Rule("Chat#stream", onBusy, null, null, true), chatId, streamId, null));
        }

        Attempt call(Call call) {
            return new Attempt(Methods.admit(guard, call, Objects.requireNonNull(call.chatId())));
        }

        /** A call that gets in at once. */
        OpenStream open(String chatId) {
            return call(chatId).stream();
        }

        OpenStream open(String chatId, String streamId) {
            return call(chatId, streamId).stream();
        }
    }

    /** A call on its way in. */
    record Attempt(Admission admission) {

        boolean isWaiting() {
            return !admission.decision().outcome().isDone();
        }

        OpenStream stream() {
            assertThat(admission.decision().outcome()).as("the call is in").isDone();
            return ((Decision.Outcome.In) admission.decision().outcome().join()).stream();
        }

        Entry refusal() {
            assertThat(admission.decision().outcome()).as("the call is out").isDone();
            return ((Decision.Outcome.Out) admission.decision().outcome().join()).refusal();
        }
    }
}
