package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt of the application's own, before, during and after a guarded method. */
class ApplicationInterruptTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();
    private final Actor actor = Actor.onVirtualThread();

    @AfterEach
    void end() {
        actor.close();
    }

    private Entry.Entered enter(String chatId) {
        return actor.get(() -> Methods.enter(pod.guard, chatId));
    }

    private void stop(String chatId) {
        assertThat(pod.guard.abortChat(chatId).join()).isPresent();
    }

    private boolean isFlagged() {
        return actor.get(() -> Thread.currentThread().isInterrupted());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupt) {
            throw new AssertionError("the test was interrupted", interrupt);
        }
    }

    @Test
    void anInterruptOfTheApplicationsOwnIsKept() {
        Entry.Entered method = enter("c");
        actor.run(() -> Thread.currentThread().interrupt());
        actor.run(method::leave);
        assertThat(isFlagged()).isTrue();
        actor.get(Thread::interrupted);
    }

    @Test
    void oneThatWasThereBeforeTheAbortIsKeptToo() {
        Entry.Entered method = enter("c");
        CountDownLatch interrupted = new CountDownLatch(1);
        Semaphore stopped = new Semaphore(0);
        CompletableFuture<Boolean> kept = actor.begin(() -> {
            Thread.currentThread().interrupt();
            interrupted.countDown();
            while (!stopped.tryAcquire()) {
                Thread.onSpinWait();
            }
            method.leave();
            return Thread.interrupted();
        });
        await(interrupted);
        stop("c");
        stopped.release();
        assertThat(Actor.await(kept)).isTrue();
    }

    @Test
    void oneThatWasThereBeforeTheCallIsKept() {
        actor.run(() -> Thread.currentThread().interrupt());
        Entry.Entered method = enter("c");
        assertThat(method.stream().holdsLock()).isTrue();
        actor.run(method::leave);
        assertThat(isFlagged()).isTrue();
        actor.get(Thread::interrupted);
    }
}
