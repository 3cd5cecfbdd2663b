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
import java.util.concurrent.atomic.AtomicLong;
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
            OnBusy.WAIT,
            OnLost.ABORT,
            OnRedisDown.DEGRADE,
            OnMissingChatId.PASS,
            Mode.ENFORCE);

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(90).toNanos()); // overflows
    final InMemoryServer server = new InMemoryServer(nanos::get);
    private final List<Pod> pods = new ArrayList<>();

    /** A pod that is connected. */
    Pod pod() {
        return pod(settings -> settings);
    }

    Pod pod(UnaryOperator<GuardSettings> change) {
        return new Pod(change.apply(DEFAULTS), true);
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
                next = pod.paused
                        ? next
                        : Math.min(next, pod.guard.engine().pacemaker().untilDue());
            }
            if (next == Long.MAX_VALUE || nanos.get() + Math.max(0, next) - end > 0) {
                break;
            }
            nanos.addAndGet(Math.max(0, next));
            pods.stream()
                    .filter(pod -> !pod.paused)
                    .forEach(pod -> pod.guard.engine().pacemaker().runDue());
        }
        nanos.set(end);
    }

    void advanceSeconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    final class Pod {
        final InMemoryStore store;
        final RecordingJournal journal = new RecordingJournal();
        final StreamGuard guard;
        boolean paused;

        Pod(GuardSettings settings, boolean withStore) {
            store = new InMemoryStore(server, settings.lockTtl());
            guard = new StreamGuard(settings, withStore ? store : null, journal, nanos::get);
            pods.add(this);
            guard.open();
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
            return new Attempt(guard.admit(call, call.chatId()));
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
