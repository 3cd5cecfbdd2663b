package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads that drive the engine, with the real clock: only what they do is waited for, never for how long. */
class PacemakerTest {

    private static final long BOUND = 60;

    private final InMemoryStore store = new InMemoryStore(System::nanoTime, Duration.ofSeconds(60));
    private final BlockingQueue<Thread> askers = new LinkedBlockingQueue<>();
    private final StreamGuard guard = StreamGuard.start(
            Tuned.with(s -> {
                        s.abortPoll = Duration.ofMillis(50);
                        s.heartbeat = Duration.ofMillis(200);
                        s.abortGrace = Duration.ofMinutes(10);
                    })
                    .apply(World.DEFAULTS),
            store,
            new RecordingJournal());

    @AfterEach
    void stop() {
        store.faults(null);
        guard.shutdown();
    }

    private OpenStream open(String chatId) {
        return ((Decision.Outcome.In) admit(chatId).decision().outcome().join()).stream();
    }

    private Admission admit(String chatId) {
        guard.open();
        Call.Rule rule = new Call.Rule("Chat#stream", null, Duration.ofMinutes(20), null, true);
        return Methods.admit(guard, new Call(rule, chatId, null, null), chatId);
    }

    private void watch(Operation operation) {
        store.faults(sent -> {
            if (sent.operation() == operation) {
                askers.add(Thread.currentThread());
            }
            return Fate.APPLY;
        });
    }

    private Thread nextAsker() throws InterruptedException {
        Thread asker = askers.poll(BOUND, TimeUnit.SECONDS);
        assertThat(asker).as("somebody asked the store").isNotNull();
        return asker;
    }

    private static Thread platformThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("chatstream-pacemaker"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theHeartbeatAndThePollAreOneVirtualThreadEach() throws InterruptedException {
        watch(Operation.RENEW);
        OpenStream stream = open("c");
        assertThat(nextAsker().isVirtual()).isTrue();
        watch(Operation.MARKED);
        askers.clear();
        assertThat(nextAsker().isVirtual()).isTrue();
        stream.depart();
    }

    @Test
    void whereApplicationCodeKeepsEveryCarrierBusyThePlatformThreadStepsIn() throws InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);
        OpenStream stream = open("c");
        watch(Operation.RENEW);
        var hogs = IntStream.range(0, 4 * Runtime.getRuntime().availableProcessors())
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (busy.get()) {
                        Thread.onSpinWait();
                    }
                }))
                .toList();
        Thread asker = nextAsker();
        while (asker.isVirtual()) { // before all carriers were taken
            asker = nextAsker();
        }
        assertThat(asker.getName()).isEqualTo("chatstream-pacemaker");
        assertThat(asker.isDaemon()).isTrue();
        busy.set(false);
        for (Thread hog : hogs) {
            hog.join();
        }
        stream.depart();
    }

    @Test
    void whenNothingIsOpenTheThreadsParkForEverAndWakeForTheNextStream() throws InterruptedException {
        watch(Operation.RENEW);
        OpenStream stream = open("c");
        nextAsker();
        stream.depart();
        Thread thread = platformThread();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND);
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(thread.getState()).as("without a timeout").isEqualTo(Thread.State.WAITING);
        askers.clear();
        OpenStream next = open("c");
        nextAsker();
        next.depart();
    }

    @Test
    void aCallThatBeginsToWaitIsPolledThoughTheNextEntryOfTheTimetableIsFarAway() throws InterruptedException {
        OpenStream stopped = open("a");
        stopped.abort(AbortReason.STOPPED, "test"); // its grace ends in ten minutes
        stopped.depart();
        store.server().takeAsPlainPod("c", "plain", Duration.ofHours(1));
        restForTicks();
        watch(Operation.OWNERS);
        Admission waiting = admit("c");
        assertThat(waiting.decision().outcome()).isNotDone();
        nextAsker();
        waiting.stream().abort(AbortReason.STOPPED, "test");
    }

    /** Until nothing was due for some ticks, so that all threads sleep until what comes then. */
    private void restForTicks() {
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            if (guard.engine().pacemaker().untilDue() < TimeUnit.MINUTES.toNanos(1)) {
                since = System.nanoTime();
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void theShutdownEndsTheThreads() throws InterruptedException {
        open("c");
        Thread thread = platformThread();
        guard.shutdown();
        thread.join(TimeUnit.SECONDS.toMillis(BOUND));
        assertThat(thread.isAlive()).isFalse();
    }
}
