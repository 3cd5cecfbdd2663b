package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions.Turn;
import dev.chatstream.agent.core.World.Pod;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls on a thread that must not block. */
class EventLoopTest extends Subscribing {

    @Test
    void onAnEventLoopTheBodyRunsWithoutALockAndTheFirstSubscriptionTakesIt() {
        pod.onEventLoop = true;
        Entry.Entered method = Methods.in(pod.guard.enter(call(PUBLISHER)));
        assertThat(pod.guard.current()).isSameAs(method.stream());
        assertThat(method.stream().holdsLock()).isFalse();
        assertThat(method.stream().fence()).isZero();
        assertThat(isLocked()).isFalse();
        Subscriptions subscriptions = subscriptions(method);
        method.leave();
        assertThat(isLocked()).isFalse();
        Entry.Member first = taken(subscriptions.next());
        assertThat(first.stream()).isSameAs(method.stream());
        assertThat(method.stream().holdsLock()).isTrue();
        first.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void onAnEventLoopABusyChatIsHeardOfWhenItIsSubscribedTo() {
        pod.open("c");
        Subscriptions subscriptions = returnedOnAnEventLoop();
        Turn first = subscriptions.next();
        assertThat(first.seat()).isNotDone();
        world.advanceSeconds(6);
        assertThat(refused(first)).isInstanceOf(Entry.Busy.class);
    }

    @Test
    void onAnEventLoopAStopBeforeTheSubscriptionCounts() {
        pod.onEventLoop = true;
        Entry.Entered method = Methods.in(pod.guard.enter(call(PUBLISHER)));
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        AutoCloseable unused = method.stream().onAbort(told::complete);
        Subscriptions subscriptions = subscriptions(method);
        method.leave();
        pod.guard.abort(method.stream().streamId()).join();
        assertThat(Actor.await(told)).isEqualTo(AbortReason.STOPPED);
        assertThat(refused(subscriptions.next())).isInstanceOf(Entry.Aborted.class);
        assertThat(isLocked()).isFalse();
    }

    @Test
    void onAnEventLoopAStreamThatNobodySubscribesToIsForgotten() {
        Subscriptions subscriptions = returnedOnAnEventLoop();
        world.advanceSeconds(31);
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
        assertThat(taken(subscriptions.next()).stream().holdsLock()).isTrue();
    }

    @Test
    void onAnEventLoopACallFromInsideJoinsBeforeThereIsALock() {
        pod.onEventLoop = true;
        Entry.Entered outer = Methods.in(pod.guard.enter(call(PUBLISHER)));
        Entry.Entered inner = Methods.in(pod.guard.enter(call(PUBLISHER)));
        assertThat(inner.stream()).isSameAs(outer.stream());
        Subscriptions ofInner = subscriptions(inner);
        inner.leave();
        Subscriptions ofOuter = subscriptions(outer);
        outer.leave();
        Entry.Member outerOne = taken(ofOuter.next());
        Entry.Member innerOne = taken(ofInner.next());
        assertThat(innerOne.stream()).isSameAs(outerOne.stream());
        outerOne.close();
        assertThat(isLocked()).isTrue();
        innerOne.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void onAnEventLoopSeveralPartsOfOneStreamWaitForOneLockAlong() {
        OpenStream holder = pod.open("c");
        pod.onEventLoop = true;
        Entry.Entered outer = Methods.in(pod.guard.enter(call(PUBLISHER)));
        Entry.Entered inner = Methods.in(pod.guard.enter(call(PUBLISHER)));
        Subscriptions ofInner = subscriptions(inner);
        inner.leave();
        Subscriptions ofOuter = subscriptions(outer);
        outer.leave();
        Turn innerTurn = ofInner.next();
        Turn outerTurn = ofOuter.next();
        assertThat(innerTurn.seat()).isNotDone();
        innerTurn.withdraw();
        assertThat(outerTurn.seat()).as("the other waits on").isNotDone();
        holder.depart();
        Entry.Member outerOne = taken(outerTurn);
        assertThat(outerOne.stream().holdsLock()).isTrue();
        outerOne.close();
        assertThat(isLocked()).isFalse();
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
    }

    @Test
    void onAnEventLoopTheLastToLeaveWhileAllWaitEndsTheWait() {
        OpenStream holder = pod.open("c");
        Subscriptions subscriptions = returnedOnAnEventLoop();
        Turn turn = subscriptions.next();
        turn.withdraw();
        assertThat(refused(turn)).isInstanceOf(Entry.Aborted.class);
        holder.depart();
        assertThat(isLocked()).isFalse();
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
    }

    @Test
    void onAnEventLoopABodyThatThrowsLeavesNothingBehind() {
        pod.onEventLoop = true;
        Entry.Entered method = Methods.in(pod.guard.enter(call(PUBLISHER)));
        method.fail();
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void onAnEventLoopAnyOtherMethodGetsOneAttemptAndOneWarning() {
        pod.onEventLoop = true;
        Entry.Entered method = Methods.enter(pod.guard, "c");
        assertThat(method.stream().holdsLock()).isTrue();
        method.leave();
        pod.open("c");
        assertThat(pod.guard.enter(Methods.call("c"))).isInstanceOf(Entry.Busy.class);
        assertThat(pod.journal.ofKind("event-loop"))
                .singleElement()
                .asString()
                .contains("Chat#stream is called on an event loop");
    }

    @Test
    void onAnEventLoopAnAttemptWithoutAnAnswerActsOnThePolicyForRedisThatIsDown() {
        pod.onEventLoop = true;
        pod.network.silence();
        Entry.Entered method = Methods.enter(pod.guard, "c");
        assertThat(method.stream().holdsLock()).isFalse();
        method.leave();
        Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = GuardSettings.OnRedisDown.REJECT));
        strict.onEventLoop = true;
        strict.network.silence();
        assertThat(strict.guard.enter(Methods.call("d"))).isInstanceOf(Entry.Unavailable.class);
    }

    @Test
    void itsThreadIsNeverInterruptedOnAnEventLoop() {
        pod.onEventLoop = true;
        Entry.Entered method = Methods.enter(pod.guard, "c");
        pod.guard.abortChat("c").join();
        assertThat(Thread.interrupted()).isFalse();
        method.leave();
    }
}
