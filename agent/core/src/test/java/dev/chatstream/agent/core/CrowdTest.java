package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads of two pods that call, wait, supersede and stop in few chats, under the real clock. */
class CrowdTest {

    private static final int THREADS = 12;
    private static final int CALLS = 150;
    private static final int CHATS = 3;

    private static final GuardSettings SETTINGS = Tuned.with(s -> {
                s.abortPoll = Duration.ofMillis(50);
                s.acquireTimeout = Duration.ofMillis(400);
                s.abortGrace = Duration.ofMillis(300);
                s.maxWaiters = 4;
            })
            .apply(World.DEFAULTS);

    /** One pod, and who runs in its chats. */
    private static final class Pod {
        final RecordingJournal journal = new RecordingJournal();
        final StreamGuard guard;
        final Map<String, Set<GuardedStream>> inside = new ConcurrentHashMap<>();

        Pod(InMemoryServer server) {
            guard = StreamGuard.start(SETTINGS, new InMemoryStore(server, SETTINGS.lockTtl()), journal);
        }
    }

    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noTwoBelieveInOneLockAndNothingIsLeftBehind(long seed) throws Exception {
        InMemoryServer server = new InMemoryServer(System::nanoTime);
        List<Pod> pods = List.of(new Pod(server), new Pod(server));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Pod pod = pods.get(i % pods.size());
            Random random = new Random(seed * 1000 + i);
            Thread.Builder kind = i % 3 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
            threads.add(kind.start(() -> calls(pod, random)));
        }
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive())
                    .as("a thread that never got its answer")
                    .isFalse();
        }
        assertThat(faults).isEmpty();
        for (Pod pod : pods) {
            for (int chat = 0; chat < CHATS; chat++) {
                assertThat(pod.guard.engine().places().find("c" + chat)).isNull();
                assertThat(server.lock("c" + chat)).isEmpty();
            }
            assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
            assertThat(pod.journal.ofKind("own-fault")).isEmpty();
            pod.guard.shutdown();
        }
    }

    private void calls(Pod pod, Random random) {
        try {
            for (int i = 0; i < CALLS; i++) {
                String chat = "c" + random.nextInt(CHATS);
                OnBusy onBusy = OnBusy.values()[random.nextInt(3)];
                String id = random.nextBoolean() ? null : "m" + random.nextInt(20);
                Entry entry =
                        pod.guard.enter(new Call(new Call.Rule("Crowd#in", onBusy, null, null, true), chat, id, null));
                if (entry instanceof Entry.Entered entered) {
                    runs(pod, entered, chat, random);
                } else if (random.nextInt(4) == 0) {
                    pod.guard.abortChat(chat);
                }
                Thread.interrupted();
            }
        } catch (Throwable fault) {
            faults.add(fault);
        }
    }

    private void runs(Pod pod, Entry.Entered entered, String chat, Random random) {
        GuardedStream stream = entered.stream();
        Set<GuardedStream> inside = pod.inside.computeIfAbsent(chat, c -> ConcurrentHashMap.newKeySet());
        if (stream.holdsLock()) {
            for (GuardedStream other : inside) {
                if (other.holdsLock() && stream.holdsLock()) {
                    faults.add(new AssertionError(stream + " and " + other + " both hold"));
                }
            }
        }
        inside.add(stream);
        try {
            int turns = random.nextInt(20) == 0 ? 20_000 : random.nextInt(200);
            for (int i = 0; i < turns && (i < 50 || stream.abortReason().isEmpty()); i++) {
                Thread.yield();
            }
            if (random.nextInt(10) == 0) {
                pod.guard.abort(stream.streamId());
            }
        } finally {
            inside.remove(stream);
            entered.leave();
        }
    }
}
