package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeeperTest {

    /** As where the heap is full for a moment while Redis is looked for. */
    @Test
    void anErrorOfTheJvmIsSaidAndTheTryIsMadeAgain() throws InterruptedException {
        Queue<Throwable> said = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(1);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>(
                List.of(new OutOfMemoryError("as if"), new NoClassDefFoundError("as if"), new IllegalStateException()));
        Keeper keeper = new Keeper("test", Duration.ZERO, new Keeper.Work() {
            @Override
            public Keeper.Progress attempt() {
                Throwable failure = failures.poll();
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure instanceof RuntimeException exception) {
                    throw exception;
                }
                done.countDown();
                return Keeper.Progress.DONE;
            }

            @Override
            public void failed(Throwable error) {
                said.add(error);
            }
        });
        keeper.want();
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        keeper.close();
        assertThat(said).hasSize(3);
    }
}
