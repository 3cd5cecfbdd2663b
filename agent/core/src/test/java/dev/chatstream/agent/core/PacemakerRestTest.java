package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine's threads do where there is little or nothing to do; with the real clock. */
class PacemakerRestTest {

    private final InMemoryStore store = new InMemoryStore(System::nanoTime, Duration.ofHours(24));

    private StreamGuard guard;

    @AfterEach
    void end() {
        guard.shutdown();
    }

    private void start(Duration tick) {
        guard = StreamGuard.start(
                Tuned.with(s -> {
                            s.lockTtl = Duration.ofHours(24);
                            s.abortPoll = tick;
                            s.heartbeat = tick;
                        })
                        .apply(World.DEFAULTS),
                store,
                new RecordingJournal());
    }

    private List<Thread> threads() {
        return guard.engine().pacemaker().threads();
    }

    private void awaitState(Thread.State state) {
        long end = System.nanoTime() + Actor.FOR_EVER.toNanos();
        while ((threads().size() < 3 || threads().stream().anyMatch(thread -> thread.getState() != state))
                && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(threads()).hasSize(3).allMatch(thread -> thread.getState() == state);
    }

    @Test
    void theyAreTwoVirtualThreadsAndADaemon() {
        start(Duration.ofMillis(50));
        awaitState(Thread.State.WAITING);
        assertThat(threads()).filteredOn(Thread::isVirtual).hasSize(2);
        assertThat(threads()).allMatch(Thread::isDaemon);
        assertThat(threads())
                .extracting(Thread::getName)
                .containsExactlyInAnyOrder("chatstream-heartbeat", "chatstream-abort-poll", "chatstream-pacemaker");
    }

    @Test
    void beforeTheFirstCallTheyParkWithoutATimeout() {
        start(Duration.ofMillis(50));
        awaitState(Thread.State.WAITING);
        assertThat(store.sends()).isZero();
    }

    @Test
    void aTickAfterTheLastStreamTheyDoSoAgain() {
        start(Duration.ofMillis(50));
        Methods.enter(guard, "c").leave();
        awaitState(Thread.State.WAITING);
        assertThat(guard.engine().pacemaker().untilDue()).isEqualTo(Beat.NEVER);
        Methods.enter(guard, "c").leave();
        awaitState(Thread.State.WAITING);
    }

    @Test
    void shortCallsCostTheirOwnTwoCommandsAndNoPoll() {
        start(Duration.ofHours(1));
        awaitState(Thread.State.WAITING);
        for (int i = 0; i < 100; i++) {
            Methods.enter(guard, "c").leave();
        }
        awaitState(Thread.State.TIMED_WAITING);
        assertThat(store.sends()).isEqualTo(200);
        assertThat(store.count(Operation.MARKED)).isZero();
    }

    @Test
    void aCallThatIsOverBeforeTheyLookKeepsThemAwakeForOneTickSoThatTheNextWakesNobody() {
        World world = new World();
        World.Pod pod = world.pod();
        guard = pod.guard;
        pod.open("c").depart();
        assertThat(guard.engine().pacemaker().untilDue()).isEqualTo(World.TICK.toNanos());
        world.advance(World.TICK);
        assertThat(guard.engine().pacemaker().untilDue()).isEqualTo(Beat.NEVER);
        assertThat(pod.store.sends()).isEqualTo(2);
    }

    @Test
    void theyEndWithTheShutdown() {
        start(Duration.ofMillis(50));
        Entry.Entered method = Methods.enter(guard, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        awaitStarted();
        List<Thread> all = threads();
        guard.shutdown();
        all.forEach(Actor::join);
        assertThat(threads()).isEmpty();
        method.leave();
    }

    private void awaitStarted() {
        while (threads().size() < 3) {
            Thread.onSpinWait();
        }
    }
}
