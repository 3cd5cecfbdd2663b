package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions.Seat;
import dev.chatstream.agent.core.Subscriptions.Turn;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What subscriptions to a returned publisher get. */
class SubscriptionsTest {

    private static final Call.Rule PUBLISHER = rule(null);

    private final World world = new World();
    private final Pod pod = world.pod();

    private static Call.Rule rule(@Nullable OnBusy onBusy) {
        return new Call.Rule("Chat#stream", onBusy, null, null, true, true);
    }

    private static Call call(Call.Rule rule) {
        return new Call(rule, "c", null, null);
    }

    /** A method that returns a publisher has been called, and has left. */
    private static Subscriptions returned(Pod pod, Call.Rule rule) {
        Entry.Entered method = Methods.in(pod.guard.enter(call(rule)));
        Subscriptions subscriptions = subscriptions(method);
        method.leave();
        return subscriptions;
    }

    private static Subscriptions subscriptions(Entry.Entered method) {
        Entry.Member value = method.member();
        Subscriptions subscriptions = value.subscriptions();
        value.close();
        return subscriptions;
    }

    private Subscriptions returned() {
        return returned(pod, PUBLISHER);
    }

    private Subscriptions returnedOnAnEventLoop() {
        pod.onEventLoop = true;
        return returned();
    }

    private static Entry.Member taken(Turn turn) {
        assertThat(turn.seat()).as("the seat is known").isDone();
        assertThat(turn.seat().join()).isInstanceOf(Seat.Taken.class);
        return ((Seat.Taken) turn.seat().join()).member();
    }

    private static Entry.Refusal refused(Turn turn) {
        assertThat(turn.seat()).as("the seat is known").isDone();
        assertThat(turn.seat().join()).isInstanceOf(Seat.Refused.class);
        return ((Seat.Refused) turn.seat().join()).refusal();
    }

    private boolean isLocked() {
        return world.server.lock("c").isPresent();
    }

    @Test
    void theFirstHasTheStreamOfItsCall() {
        Entry.Entered method = Methods.in(pod.guard.enter(call(PUBLISHER)));
        Subscriptions subscriptions = subscriptions(method);
        method.leave();
        Entry.Member first = taken(subscriptions.next());
        assertThat(first.stream()).isSameAs(method.stream());
        assertThat(isLocked()).isTrue();
        first.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void whereNobodySubscribesTheLockIsGivenBack() {
        Subscriptions subscriptions = returned();
        world.advance(Duration.ofMillis(29_900));
        assertThat(isLocked()).isTrue();
        world.advance(Duration.ofMillis(200));
        assertThat(isLocked()).isFalse();
        assertThat(pod.journal.ofKind("never-subscribed"))
                .singleElement()
                .asString()
                .contains("Chat#stream")
                .contains("subscribe-timeout");
        Entry.Member late = taken(subscriptions.next());
        assertThat(isLocked()).as("taken anew").isTrue();
        late.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void oneThatSubscribedInTimeIsNotEndedByTheTimeout() {
        Entry.Member first = taken(returned().next());
        world.advanceSeconds(120);
        assertThat(first.stream().holdsLock()).isTrue();
        assertThat(pod.journal.ofKind("never-subscribed")).isEmpty();
    }

    @Test
    void afterTheEndAFurtherOneHasALeaseAndAFenceOfItsOwnAndTheSameStreamId() {
        Subscriptions subscriptions = returned();
        Entry.Member first = taken(subscriptions.next());
        first.close();
        Entry.Member second = taken(subscriptions.next());
        assertThat(second.stream().streamId()).isEqualTo(first.stream().streamId());
        assertThat(second.stream().fence()).isGreaterThan(first.stream().fence());
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void meanwhileAFurtherOneWaitsForItsTurnAndIsNotTheSameMessageTwice() {
        Subscriptions subscriptions = returned();
        Entry.Member first = taken(subscriptions.next());
        Turn second = subscriptions.next();
        assertThat(second.seat()).isNotDone();
        first.close();
        assertThat(taken(second).stream().holdsLock()).isTrue();
    }

    @Test
    void underRejectAFurtherOneIsRefusedWhileTheFirstRuns() {
        Subscriptions subscriptions = returned(pod, rule(OnBusy.REJECT));
        Entry.Member first = taken(subscriptions.next());
        assertThat(refused(subscriptions.next())).isInstanceOf(Entry.Busy.class);
        first.close();
        assertThat(taken(subscriptions.next()).stream().holdsLock()).isTrue();
    }

    @Test
    void aStopEndsAllSubscriptionsOfTheCall() {
        Subscriptions subscriptions = returned();
        Entry.Member first = taken(subscriptions.next());
        Turn second = subscriptions.next();
        pod.guard.abort(first.stream().streamId()).join();
        assertThat(first.stream().abortReason()).contains(AbortReason.STOPPED);
        assertThat(refused(second)).isInstanceOf(Entry.Aborted.class);
    }

    @Test
    void oneInsideTheLastSignalOfAnotherKeepsItsLeaseAlsoUnderReject() {
        Subscriptions subscriptions = returned(pod, rule(OnBusy.REJECT));
        Entry.Member first = taken(subscriptions.next());
        Entry.Member again = taken(subscriptions.after(first));
        first.close();
        assertThat(again.stream()).isSameAs(first.stream());
        assertThat(isLocked()).isTrue();
        again.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void afterAnAbortWhoeverTriesAgainInsideTheLastSignalIsRefusedAndDoesNotSpin() {
        Subscriptions subscriptions = returned();
        Entry.Member first = taken(subscriptions.next());
        pod.guard.abortChat("c").join();
        for (int i = 0; i < 3; i++) {
            assertThat(refused(subscriptions.after(first))).isInstanceOf(Entry.Aborted.class);
        }
        Turn fourth = subscriptions.after(first);
        assertThat(fourth.seat()).isNotDone();
        world.advanceSeconds(1);
        assertThat(refused(fourth)).isInstanceOf(Entry.Aborted.class);
    }

    @Test
    void aStreamThatIsAbortedBeforeAnybodySubscribesRefusesTheSubscription() {
        Subscriptions subscriptions = returned();
        pod.guard.abortChat("c").join();
        assertThat(refused(subscriptions.next())).isInstanceOf(Entry.Aborted.class);
        assertThat(isLocked()).isFalse();
    }

    @Test
    void aSubscriberThatLeavesWhileItWaitsGivesItsPlaceOn() {
        Subscriptions subscriptions = returned();
        Entry.Member first = taken(subscriptions.next());
        Turn second = subscriptions.next();
        Turn third = subscriptions.next();
        second.withdraw();
        first.close();
        assertThat(refused(second)).isInstanceOf(Entry.Aborted.class);
        assertThat(taken(third).stream().holdsLock()).isTrue();
    }

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

    @Test
    void withoutAChatIdEachHasAStreamWithoutALock() {
        Entry.Entered method = Methods.in(pod.guard.enter(new Call(PUBLISHER, null, null, null)));
        Subscriptions subscriptions = subscriptions(method);
        method.leave();
        List<Entry.Member> both = List.of(taken(subscriptions.next()), taken(subscriptions.next()));
        both.forEach(Entry.Member::close);
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
    }

    @Test
    void afterTheShutdownASubscriptionIsRefused() {
        Subscriptions subscriptions = returnedOnAnEventLoop();
        pod.guard.shutdown();
        assertThat(refused(subscriptions.next())).isInstanceOf(Entry.Aborted.class);
    }
}
