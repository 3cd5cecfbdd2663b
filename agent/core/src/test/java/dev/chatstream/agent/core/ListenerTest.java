package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The listener of a call")
class ListenerTest extends Subscribing {

    private final List<Call.Event> heard = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final World.Pod other = world.pod();

    private World.Attempt listened(@Nullable OnBusy onBusy, @Nullable String streamId) {
        return pod.call(listening(new Call.Rule("Chat#stream", onBusy, null, null, true), streamId));
    }

    private Call listening(Call.Rule rule, @Nullable String streamId) {
        return new Call(rule, "c", streamId, null, (id, event) -> {
            ids.add(id);
            heard.add(event);
        });
    }

    @Test
    void hearsNothingOfACallThatEntersAtOnceAndEnds() {
        listened(null, null).stream().depart();
        assertThat(heard).isEmpty();
    }

    @Test
    void hearsHowLongACallWaitedForItsChat() {
        OpenStream holder = pod.open("c");
        World.Attempt waiter = listened(null, "m");
        world.advanceSeconds(3);
        assertThat(heard).isEmpty();
        holder.depart();
        assertThat(waiter.stream().holdsLock()).isTrue();
        assertThat(heard).containsExactly(new Call.Event.LetIn(Duration.ofSeconds(3), true));
        assertThat(ids).containsExactly("m");
    }

    /** Whoever sees that it has its chat may stop it for that, which is heard after. */
    @Test
    void hearsThatACallIsLetInBeforeAnybodySeesIt() {
        OpenStream holder = pod.open("c");
        List<@Nullable OpenStream> seen = new ArrayList<>();
        Call call = new Call(
                new Call.Rule("Chat#stream", null, null, null, true),
                "c",
                "m",
                null,
                (id, event) -> seen.add(pod.guard.engine().places().holderOf("c")));
        World.Attempt waiter = pod.call(call);
        world.advanceSeconds(1);
        holder.depart();
        assertThat(pod.guard.engine().places().holderOf("c")).isSameAs(waiter.stream());
        assertThat(seen).singleElement().isNull();
    }

    @Test
    void hearsThatAChatOfAnotherPodStayedBusy() {
        other.open("c");
        World.Attempt waiter = listened(null, null);
        world.advanceSeconds(6);
        Entry.Refusal refusal = (Entry.Refusal) waiter.refusal();
        assertThat(heard).containsExactly(new Call.Event.Refused(Duration.ofSeconds(5), refusal));
    }

    @Test
    void hearsThatACallWasRejectedAtOnce() {
        pod.open("c");
        Entry.Refusal refusal = (Entry.Refusal) listened(OnBusy.REJECT, null).refusal();
        assertThat(heard).containsExactly(new Call.Event.Refused(Duration.ZERO, refusal));
    }

    @Test
    void hearsThatAWaitingCallIsSuperseded() {
        other.open("c");
        World.Attempt waiter = listened(OnBusy.SUPERSEDE, null);
        pod.call("c", null, OnBusy.SUPERSEDE);
        Entry.Aborted refusal = (Entry.Aborted) waiter.refusal();
        assertThat(refusal.reason()).isEqualTo(AbortReason.SUPERSEDED);
        assertThat(heard).containsExactly(new Call.Event.Refused(Duration.ZERO, refusal));
    }

    @Test
    void hearsThatNothingIsEnforced() {
        pod.open("c");
        pod.guard.switchTo(Mode.OBSERVE);
        assertThat(listened(null, null).stream().holdsLock()).isFalse();
        assertThat(heard).containsExactly(new Call.Event.LetIn(Duration.ZERO, false));
    }

    @Test
    void hearsOfAnAbortFromThePollOnceAndBeforeItsCallbacksDo() {
        OpenStream stream = listened(null, "m").stream();
        List<Integer> heardBefore = new ArrayList<>();
        var atEnd = new java.util.concurrent.CompletableFuture<Integer>();
        stream.whenAborted(reason -> atEnd.complete(heard.size()));
        world.server.mark("m");
        world.advance(World.TICK);
        heardBefore.add(atEnd.orTimeout(Actor.FOR_EVER.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join());
        pod.guard.abort("m").join();
        assertThat(heardBefore).containsExactly(1);
        assertThat(heard).containsExactly(new Call.Event.Aborted(AbortReason.STOPPED));
    }

    @Test
    void hearsOfTheSubscriptionsToWhatTheCallReturned() {
        pod.onEventLoop = true;
        OpenStream holder = pod.open("c");
        Entry.Entered method = Methods.in(pod.guard.enter(listening(PUBLISHER, "m")));
        Subscriptions returned = subscriptions(method);
        method.leave();
        Subscriptions.Turn first = returned.next();
        world.advanceSeconds(2);
        assertThat(heard).isEmpty();
        holder.depart();
        Entry.Member seated = taken(first);
        Subscriptions.Turn further = returned.next();
        world.advanceSeconds(1);
        seated.close();
        taken(further);
        assertThat(heard)
                .containsExactly(
                        new Call.Event.LetIn(Duration.ofSeconds(2), true),
                        new Call.Event.LetIn(Duration.ofSeconds(1), true));
    }

    @Test
    void costsNothingButALineWhereItThrows() {
        OpenStream holder = pod.open("c");
        World.Attempt waiter = pod.call(new Call(Methods.RULE, "c", null, null, (id, event) -> {
            throw new IllegalStateException("its own");
        }));
        holder.depart();
        OpenStream stream = waiter.stream();
        assertThat(stream.abort(AbortReason.STOPPED, "by the test")).isTrue();
        stream.depart();
        assertThat(Leftovers.none(pod.guard, "c")).isTrue();
        assertThat(pod.journal.ofKind("own-fault")).hasSize(1);
    }
}
