package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What subscriptions to a returned publisher get. */
class SubscriptionsTest extends Subscribing {

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
    void aSubscriberThatLeavesWhenItHasItsSeatGivesItBackByItself() {
        Subscriptions subscriptions = returned();
        taken(subscriptions.next()).close();
        Turn second = subscriptions.next();
        Entry.Member member = taken(second);
        second.withdraw();
        assertThat(isLocked()).isTrue();
        member.close();
        assertThat(isLocked()).isFalse();
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
