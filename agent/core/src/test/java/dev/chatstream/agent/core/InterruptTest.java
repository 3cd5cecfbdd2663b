package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an abort reaches the thread of a blocking method. */
class InterruptTest {

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

    private Entry.Entered enterUninterruptible(String chatId) {
        return actor.get(() -> Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, chatId)));
    }

    private void stop(String chatId) {
        assertThat(pod.guard.abortChat(chatId).join()).isPresent();
    }

    private boolean isFlagged() {
        return actor.get(() -> Thread.currentThread().isInterrupted());
    }

    @Test
    void aMethodThatBlocksIsWoken() {
        Entry.Entered method = enter("c");
        CompletableFuture<String> work = actor.begin(() -> {
            try {
                new CountDownLatch(1).await();
                return "finished";
            } catch (InterruptedException interrupt) {
                return "woken";
            } finally {
                method.leave();
            }
        });
        actor.awaitBlocked();
        stop("c");
        assertThat(Actor.await(work)).isEqualTo("woken");
        assertThat(isFlagged()).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void noFlagIsLeftBehindByAMethodThatDidNotNotice() {
        Entry.Entered method = enter("c");
        stop("c");
        assertThat(isFlagged()).isTrue();
        actor.run(method::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void noneIsLeftBehindByOneThatThrows() {
        Entry.Entered method = enter("c");
        stop("c");
        actor.run(method::fail);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void aThreadThatHasLeftTheMethodIsNotInterruptedThoughTheStreamGoesOn() {
        Entry.Entered method = enter("c");
        AutoCloseable detached = method.stream().detach();
        actor.run(method::leave);
        stop("c");
        assertThat(method.stream().abortReason()).isPresent();
        assertThat(isFlagged()).isFalse();
        actor.run(detached::close);
    }

    @Test
    void aStreamThatWasStoppedWhileItEnteredInterruptsItsMethodAtOnce() {
        OpenStream stream = pod.open("c");
        stop("c");
        Frame method =
                actor.get(() -> new Frame(pod.guard.entrance(), stream, Frame.Part.OPENER, Methods.call("c"), false));
        assertThat(isFlagged()).isTrue();
        actor.run(method::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void aMethodThatIsNotInterruptibleIsNeverInterrupted() {
        Entry.Entered method = enterUninterruptible("c");
        stop("c");
        assertThat(isFlagged()).isFalse();
        actor.run(method::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void anUninterruptibleCallThatJoinedHoldsTheInterruptBackUntilItHasLeft() {
        Entry.Entered outer = enter("c");
        Entry.Entered inner = enterUninterruptible("c");
        stop("c");
        assertThat(isFlagged()).isFalse();
        actor.run(inner::leave);
        assertThat(isFlagged()).as("the outer method is interrupted now").isTrue();
        actor.run(outer::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void anUninterruptibleCallOfAnotherChatHoldsItBackToo() {
        Entry.Entered outer = enter("c");
        Entry.Entered inner = enterUninterruptible("d");
        stop("c");
        assertThat(isFlagged()).isFalse();
        actor.run(inner::leave);
        assertThat(isFlagged()).isTrue();
        actor.run(outer::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void anInterruptibleCallInsideAnUninterruptibleOneIsNotInterrupted() {
        Entry.Entered outer = enterUninterruptible("c");
        Entry.Entered inner = enter("d");
        stop("d");
        assertThat(isFlagged()).isFalse();
        actor.run(inner::leave);
        assertThat(isFlagged()).isFalse();
        actor.run(outer::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void aStopOfTheInnerStreamDoesNotReachTheOuterMethod() {
        Entry.Entered outer = enter("c");
        Entry.Entered inner = enter("d");
        stop("d");
        assertThat(isFlagged()).isTrue();
        actor.run(inner::leave);
        assertThat(isFlagged()).isFalse();
        assertThat(outer.stream().abortReason()).isEmpty();
        actor.run(outer::leave);
    }

    @Test
    void whenBothAreStoppedTheFlagStaysUntilTheOuterHasLeft() {
        Entry.Entered outer = enter("c");
        Entry.Entered inner = enter("d");
        stop("c");
        stop("d");
        actor.run(inner::leave);
        assertThat(isFlagged()).isTrue();
        actor.run(outer::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void anInnerStreamIsInterruptedThoughTheOuterOnesInterruptWasUsedUp() {
        Entry.Entered outer = enter("c");
        Entry.Entered inner = enter("d");
        stop("c");
        assertThat(actor.get(Thread::interrupted)).isTrue();
        stop("d");
        assertThat(isFlagged()).isTrue();
        actor.run(inner::leave);
        actor.run(outer::leave);
        assertThat(isFlagged()).isFalse();
    }

    @Test
    void oneAbortInterruptsAThreadOnceHoweverManyCallsJoinedOnIt() {
        Entry.Entered outer = enter("c");
        Entry.Entered inner = enter("c");
        Semaphore interrupts = new Semaphore(0);
        CompletableFuture<Integer> work = actor.begin(() -> {
            int count = 0;
            while (count < 2 && !interrupts.tryAcquire()) {
                count += Thread.interrupted() ? 1 : 0;
            }
            return count + (Thread.interrupted() ? 1 : 0);
        });
        stop("c");
        interrupts.release();
        assertThat(Actor.await(work)).isEqualTo(1);
        actor.run(inner::leave);
        actor.run(outer::leave);
    }

    @Test
    void callsThatJoinedOnOtherThreadsAreInterruptedThere() {
        Entry.Entered outer = enter("c");
        try (Actor one = actor.get(Actor::onVirtualThread);
                Actor two = actor.get(Actor::onVirtualThread)) {
            Entry.Entered first = one.get(() -> Methods.enter(pod.guard, "c"));
            Entry.Entered second = two.get(() -> Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, "c")));
            stop("c");
            assertThat(isFlagged()).isTrue();
            assertThat(one.get(() -> Thread.currentThread().isInterrupted())).isTrue();
            assertThat(two.get(() -> Thread.currentThread().isInterrupted())).isFalse();
            one.run(first::leave);
            two.run(second::leave);
            assertThat(one.get(() -> Thread.currentThread().isInterrupted())).isFalse();
        }
        assertThat(outer.stream().holdsLock()).isTrue();
        actor.run(outer::leave);
        assertThat(outer.stream().holdsLock()).isFalse();
    }
}
