package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A method that leaves exactly while the heartbeat repeats releases. */
class ReleaseRaceTest {

    private static final int ROUNDS = 20_000;

    /** Answers to releases when the test says so. */
    private static final class SlowStore extends WinningStore {
        private final AtomicInteger sent = new AtomicInteger();
        private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

        @Override
        public CompletableFuture<List<Released>> release(List<Releasing> claims) {
            sent.addAndGet(claims.size());
            CompletableFuture<List<Released>> later = new CompletableFuture<>();
            List<Released> released = claims.stream()
                    .<Released>map(claim -> new Released.Deleted())
                    .toList();
            answers.add(() -> later.complete(released));
            return later;
        }

        void answer() {
            for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
                next.run();
            }
        }
    }

    private final SlowStore store = new SlowStore();
    private final StreamGuard guard = new StreamGuard(World.DEFAULTS, store, new RecordingJournal(), System::nanoTime);

    @Test
    void theReturnWaitsForTheAnswerWhoeverSentTheReleaseAndOneIsSent() throws InterruptedException {
        guard.open();
        AtomicBoolean done = new AtomicBoolean();
        Thread heartbeat = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                guard.engine().releases().tick(System.nanoTime());
            }
        });
        int early = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String chatId = "c" + i;
            OpenStream stream = new World.Attempt(Methods.admit(guard, Methods.call(chatId), chatId)).stream();
            early += stream.depart().isDone() ? 1 : 0;
            store.answer();
        }
        done.set(true);
        heartbeat.join();
        assertThat(early).isZero();
        assertThat(store.sent).hasValue(ROUNDS);
    }
}
