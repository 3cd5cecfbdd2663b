package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a part that outlives its method can do to its stream: run in it, and say that nobody reads on. */
class MemberTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();
    private final Actor actor = Actor.onVirtualThread();

    @AfterEach
    void end() {
        actor.close();
    }

    private Entry.Member part(World.Pod pod) {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Member part = method.member();
        method.leave();
        return part;
    }

    @Test
    void aBodyRunsInsideTheStreamAndItsThreadIsOutsideAfterwards() throws Exception {
        Entry.Member part = part(pod);
        String inside = actor.get(() -> part.run(() -> pod.guard.current().streamId(), true));
        assertThat(inside).isEqualTo(part.stream().streamId());
        assertThat(actor.<Object>get(() -> pod.guard.current())).isNull();
    }

    /** Or what the thread leads to, its task above all, would never be found forgotten while the stream goes on. */
    @Test
    void aStreamThatGoesOnDoesNotKeepTheThreadThatItsMethodRanOn() throws InterruptedException {
        List<Entry.Entered> kept = new ArrayList<>();
        WeakReference<Thread> thread = enterAndLeaveOnAThreadThatEnds(kept);
        assertThat(Garbage.isCollected(thread)).isTrue();
        assertThat(pod.guard.abortChat("c").join()).as("it goes on").isPresent();
    }

    private WeakReference<Thread> enterAndLeaveOnAThreadThatEnds(List<Entry.Entered> kept) throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(() -> {
            Entry.Entered method = Methods.enter(pod.guard, "c");
            method.member();
            method.leave();
            kept.add(method);
        });
        thread.join();
        return new WeakReference<>(thread);
    }

    @Test
    void whatABodyThrowsComesOutAsItIs() {
        Entry.Member part = part(pod);
        IOException own = new IOException("own");
        assertThatThrownBy(() -> part.run(
                        () -> {
                            throw own;
                        },
                        true))
                .isSameAs(own);
        assertThat(pod.guard.current()).isNull();
    }

    @Test
    void anAbortInterruptsTheThreadThatRunsABodyAndLeavesNoFlag() {
        Entry.Member part = part(pod);
        CompletableFuture<String> work = actor.begin(() -> part.run(() -> awaited(new CountDownLatch(1)), true));
        actor.awaitBlocked();
        pod.guard.abortChat("c").join();
        assertThat(Actor.await(work)).isEqualTo("woken");
        assertThat(actor.<Boolean>get(() -> Thread.currentThread().isInterrupted()))
                .isFalse();
    }

    @Test
    void oneThatIsNotInterruptibleIsLeftAlone() {
        Entry.Member part = part(pod);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<String> work = actor.begin(() -> part.run(() -> awaited(goOn), false));
        actor.awaitBlocked();
        pod.guard.abortChat("c").join();
        goOn.countDown();
        assertThat(Actor.await(work)).isEqualTo("finished");
    }

    @Test
    void aBodyThatBeginsAfterTheAbortIsInterruptedToo() {
        Entry.Member part = part(pod);
        pod.guard.abortChat("c").join();
        assertThat(actor.<String>get(() -> part.run(() -> awaited(new CountDownLatch(1)), true)))
                .isEqualTo("woken");
    }

    @Test
    void aCallForTheSameChatInsideOfItsLastSignalFindsItOver() {
        Entry.Member part = part(pod);
        Runnable signal = () -> {
            Entry.Entered next = Methods.enter(pod.guard, "c");
            assertThat(next.stream()).isNotEqualTo(part.stream());
            assertThat(next.stream().holdsLock()).isTrue();
            assertThat(next.stream().fence()).isGreaterThan(part.stream().fence());
            next.leave();
        };
        part.runLast(signal, () -> true);
        part.close();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aCallForAnotherChatInsideOfItsLastSignalLeavesItAsItIs() {
        Entry.Member part = part(pod);
        part.runLast(() -> Methods.enter(pod.guard, "d").leave(), () -> true);
        assertThat(part.stream().holdsLock()).isTrue();
        part.close();
    }

    @Test
    void aPartThatGoesOnAfterItsLastSignalIsNotOverInsideOfIt() {
        Entry.Member part = part(pod);
        Call call = Methods.call(new Call.Rule("Chat#other", GuardSettings.OnBusy.REJECT, null, null, true), "c");
        part.runLast(() -> assertThat(pod.guard.enter(call)).isInstanceOf(Entry.Busy.class), () -> false);
        assertThat(part.stream().holdsLock()).isTrue();
        part.close();
    }

    private static String awaited(CountDownLatch latch) {
        try {
            latch.await();
            return "finished";
        } catch (InterruptedException interrupt) {
            return "woken";
        }
    }

    @Test
    void aConsumerThatIsGoneAbortsTheStreamWhichKeepsItsLockUntilTheCallbacksHaveReturned() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        CountDownLatch goOn = new CountDownLatch(1);
        method.stream().onAbort(reason -> {
            told.complete(reason);
            awaited(goOn);
        });
        Entry.Member part = method.member();
        method.leave();

        part.consumerGone();
        part.close();
        assertThat(Actor.await(told)).isEqualTo(AbortReason.CONSUMER_GONE);
        assertThat(world.server.lock("c")).isPresent();
        goOn.countDown();
        while (pod.guard.engine().places().find("c") != null) {
            Thread.onSpinWait(); // until the callback's thread has let go of the stream
        }
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void itsCallbacksKeepTheLockForAtMostTheGrace() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        CountDownLatch never = new CountDownLatch(1);
        method.stream().onAbort(reason -> awaited(never));
        Entry.Member part = method.member();
        method.leave();
        part.consumerGone();
        part.close();
        world.advanceSeconds(9);
        assertThat(world.server.lock("c")).isPresent();
        world.advanceSeconds(2);
        assertThat(world.server.lock("c")).isEmpty();
        never.countDown();
    }

    @Test
    void aStreamThatWasStoppedBeforeStaysStopped() {
        Entry.Member part = part(pod);
        pod.guard.abortChat("c").join();
        part.consumerGone();
        assertThat(part.stream().abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void inObserveModeAConsumerThatIsGoneAbortsNothing() {
        Entry.Member part = part(world.pod(Tuned.with(s -> s.mode = Mode.OBSERVE)));
        part.consumerGone();
        assertThat(part.stream().abortReason()).isEmpty();
        part.close();
        assertThat(world.server.lock("c")).isEmpty();
    }
}
