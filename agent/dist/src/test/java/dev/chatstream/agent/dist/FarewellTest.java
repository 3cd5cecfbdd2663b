package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FarewellTest {

    @Test
    void theEngineIsShutDownBeforeItReturns() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        AtomicReference<Thread> last = new AtomicReference<>();

        new Farewell(() -> ran.set(Thread.currentThread()), () -> last.set(ran.get())).run();

        assertThat(ran.get()).isNotNull().isNotSameAs(Thread.currentThread());
        assertThat(last.get()).as("what is to be done lastly comes after").isSameAs(ran.get());
    }

    @Test
    void aShutdownThatHangsHoldsUpNothing() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> hanging = new AtomicReference<>();
        AtomicBoolean last = new AtomicBoolean();

        Runnable hangs = () -> {
            hanging.set(Thread.currentThread());
            await(never);
        };
        Farewell farewell = new Farewell(hangs, () -> last.set(true));
        assertTimeout(Duration.ofSeconds(3), farewell::run);

        assertThat(hanging.get().isAlive()).isTrue();
        assertThat(hanging.get().isDaemon()).isTrue();
        assertThat(last).isTrue();
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
