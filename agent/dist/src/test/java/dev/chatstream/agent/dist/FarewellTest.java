package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FarewellTest {

    @Test
    void theEngineIsShutDownBeforeItReturns() {
        AtomicReference<Thread> ran = new AtomicReference<>();

        new Farewell(() -> ran.set(Thread.currentThread())).run();

        assertThat(ran.get()).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @Test
    void aShutdownThatHangsHoldsUpNothing() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> hanging = new AtomicReference<>();

        new Farewell(() -> {
                    hanging.set(Thread.currentThread());
                    await(never);
                })
                .run();

        assertThat(hanging.get().isAlive()).isTrue();
        assertThat(hanging.get().isDaemon()).isTrue();
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
