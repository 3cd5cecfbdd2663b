package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many real threads on two pods and few chats, with the real clock: never two streams that have the place, and at the end
 * nothing is left. No grace and no superseder's timeout ends here, so that whoever is in a chat is there alone.
 */
class StressTest {

    private static final int CHATS = 6;
    private static final int THREADS = 24;
    private static final int CALLS = 60;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration TTL = Duration.ofMinutes(5);

    /** What one chat is for whoever is in it. */
    private static final class Room {
        private final AtomicReference<@Nullable GuardedStream> inside = new AtomicReference<>();
        private final AtomicLong fence = new AtomicLong();
    }

    private final InMemoryServer server = new InMemoryServer(System::nanoTime);
    private final List<Room> rooms =
            IntStream.range(0, CHATS).mapToObj(i -> new Room()).toList();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final RecordingJournal journal = new RecordingJournal();
    private final List<StreamGuard> pods = new ArrayList<>();

    private StreamGuard pod(@Nullable InMemoryStore store) {
        StreamGuard pod = StreamGuard.start(
                Tuned.with(s -> {
                            s.abortPoll = Duration.ofMillis(50);
                            s.heartbeat = Duration.ofMillis(50);
                            s.lockTtl = TTL;
                            s.acquireTimeout = LONG;
                            s.abortGrace = LONG;
                            s.maxWaiters = 1000;
                        })
                        .apply(World.DEFAULTS),
                store,
                journal);
        pods.add(pod);
        return pod;
    }

    @AfterEach
    void end() {
        pods.forEach(StreamGuard::shutdown);
    }

    @Test
    void aStoreThatAnswersAtOnce() {
        play(pod(new InMemoryStore(server, TTL)), pod(new InMemoryStore(server, TTL)));
    }

    @Test
    void aStoreThatAnswersOnAThreadOfItsOwn() {
        InMemoryStore one = new InMemoryStore(server, TTL);
        InMemoryStore two = new InMemoryStore(server, TTL);
        try (Answers ofOne = new Answers(one);
                Answers ofTwo = new Answers(two)) {
            play(pod(one), pod(two));
            pods.forEach(StreamGuard::shutdown);
        }
    }

    @Test
    void noStoreAtAll() {
        StreamGuard alone = pod(null);
        play(alone, alone);
    }

    /** Answers in the order of the questions, as a connection does. */
    private static final class Answers implements AutoCloseable {
        private final InMemoryStore store;
        private final Thread thread;
        private volatile boolean over;

        Answers(InMemoryStore store) {
            this.store = store;
            store.faults(sent -> Fate.HOLD);
            thread = Thread.ofPlatform().daemon().start(this::answer);
        }

        private void answer() {
            while (!over) {
                HeldOperation next = store.held().poll();
                if (next != null) {
                    next.answer();
                } else {
                    LockSupport.parkNanos(20_000);
                }
            }
        }

        @Override
        public void close() {
            over = true;
            Actor.join(thread);
        }
    }

    private void play(StreamGuard one, StreamGuard two) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom chance = new SplittableRandom(i);
            StreamGuard pod = i % 2 == 0 ? one : two;
            Thread.Builder kind = i % 3 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
            threads.add(kind.start(() -> calls(pod, chance)));
        }
        threads.forEach(Actor::join);
        assertThat(broken).isEmpty();
        assertThat(journal.ofKind("own-fault")).isEmpty();
        for (StreamGuard pod : List.of(one, two)) {
            assertThat(pod.engine().registry().isEmpty()).isTrue();
            awaitReleases(pod);
            IntStream.range(0, CHATS)
                    .forEach(chat -> assertThat(pod.engine().places().find("chat " + chat))
                            .isNull());
        }
        IntStream.range(0, CHATS)
                .forEach(chat -> assertThat(server.lock("chat " + chat)).isEmpty());
    }

    private static void awaitReleases(StreamGuard pod) {
        long end = System.nanoTime() + Actor.FOR_EVER.toNanos();
        while (!pod.engine().releases().isEmpty() && System.nanoTime() - end < 0) {
            Thread.yield();
        }
        assertThat(pod.engine().releases().isEmpty()).isTrue();
    }

    private void calls(StreamGuard pod, SplittableRandom chance) {
        try {
            for (int i = 0; i < CALLS; i++) {
                call(pod, chance, chance.nextInt(CHATS));
                if (Thread.interrupted()) {
                    broken.add("a flag was left behind");
                }
            }
        } catch (Throwable thrown) {
            broken.add(String.valueOf(thrown));
        }
        if (Scope.here() != null) {
            broken.add("a scope was left behind");
        }
    }

    private void call(StreamGuard pod, SplittableRandom chance, int chat) {
        OnBusy onBusy =
                chance.nextInt(8) == 0 ? OnBusy.SUPERSEDE : chance.nextInt(4) == 0 ? OnBusy.REJECT : OnBusy.WAIT;
        String streamId = chance.nextInt(4) == 0 ? "id " + chance.nextInt(10) : null;
        Call.Rule rule = new Call.Rule("Chat#stream", onBusy, null, null, chance.nextBoolean());
        Entry entry = pod.enter(new Call(rule, "chat " + chat, streamId, null));
        switch (entry) {
            case Entry.Entered method -> body(pod, chance, rooms.get(chat), method);
            case Entry.Busy busy -> {}
            case Entry.Aborted aborted -> {}
            case Entry.Unavailable unavailable -> broken.add(unavailable.message());
            case Entry.MissingChatId missing -> broken.add(missing.message());
        }
    }

    private void body(StreamGuard pod, SplittableRandom chance, Room room, Entry.Entered method) {
        GuardedStream stream = method.stream();
        GuardedStream other = room.inside.compareAndExchange(null, stream);
        if (other != null) {
            broken.add(stream + " found " + other + " in its chat");
        }
        long before = room.fence.getAndSet(stream.fence());
        if (before >= stream.fence() && stream.holdsLock()) {
            broken.add("the fence of " + stream + " did not grow");
        }
        switch (chance.nextInt(6)) {
            case 0 -> LockSupport.parkNanos(chance.nextInt(200_000));
            case 1 -> pod.abortChat("chat " + chance.nextInt(CHATS));
            case 2 -> pod.abort("id " + chance.nextInt(10));
            case 3 -> inner(pod, stream);
            case 4 -> stream.onAbort(reason -> {});
            default -> Thread.yield();
        }
        if (chance.nextInt(5) == 0) {
            outlive(room, method);
        } else {
            room.inside.compareAndSet(stream, null);
            if (chance.nextInt(5) == 0) {
                method.fail();
            } else {
                method.leave();
            }
        }
    }

    private static void inner(StreamGuard pod, GuardedStream stream) {
        if (pod.enter(Methods.call(stream.chatId())) instanceof Entry.Entered joined) {
            assertThat(joined.stream()).isSameAs(stream);
            joined.leave();
        }
    }

    /** The method leaves first; another thread ends the stream. */
    private static void outlive(Room room, Entry.Entered method) {
        GuardedStream stream = method.stream();
        Entry.Member hold = method.member();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        method.leave();
        Thread.ofVirtual().start(() -> {
            room.inside.compareAndSet(stream, null);
            hold.close();
            closed.complete(true);
        });
        Actor.await(closed);
    }
}
