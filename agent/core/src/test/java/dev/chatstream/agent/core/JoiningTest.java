package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call for the same chat from inside an open stream. */
class JoiningTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    @AfterEach
    void end() {
        assertThat(Scope.here()).isNull();
    }

    @Test
    void itJoinsWithoutASecondLockAndWithoutAStreamOfItsOwn() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        long sends = pod.store.sends();
        Entry.Entered inner = Methods.enter(pod.guard, "c");
        assertThat(inner.stream()).isSameAs(outer.stream());
        inner.leave();
        assertThat(outer.stream().holdsLock()).isTrue();
        assertThat(pod.store.sends()).isEqualTo(sends);
        outer.leave();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void itsElementsAreIgnored() {
        Entry.Entered outer = Methods.enter(pod.guard, new Call(Methods.RULE, "c", "outer", null));
        Call.Rule other = new Call.Rule("Other#method", OnBusy.REJECT, Duration.ZERO, OnLost.CONTINUE, true);
        Entry.Entered inner = Methods.enter(pod.guard, new Call(other, "c", "inner", "request"));
        assertThat(inner.stream().streamId()).isEqualTo("outer");
        assertThat(pod.guard.engine().registry().byStreamId("inner")).isEmpty();
        inner.leave();
        outer.leave();
    }

    @Test
    void theSameStreamIdFromInsideIsNotTheSameMessageSentTwice() {
        Call call = new Call(Methods.RULE, "c", "s", null);
        Entry.Entered outer = Methods.enter(pod.guard, call);
        Entry.Entered inner = Methods.enter(pod.guard, call);
        inner.leave();
        outer.leave();
    }

    @Test
    void itJoinsThoughASupersederAndOthersWait() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        World.Attempt waiting = pod.call("c");
        Entry.Entered inner = Methods.enter(pod.guard, "c");
        assertThat(waiting.isWaiting()).isTrue();
        inner.leave();
        outer.leave();
        waiting.stream().depart();
    }

    @Test
    void itJoinsAStreamWithoutLock() {
        World.Pod alone = world.podAlone();
        Entry.Entered outer = Methods.enter(alone.guard, "c");
        Entry.Entered inner = Methods.enter(alone.guard, "c");
        assertThat(inner.stream()).isSameAs(outer.stream());
        inner.leave();
        outer.leave();
    }

    @Test
    void itJoinsAStreamThatLostItsLockAndRunsOn() {
        Entry.Entered outer = Methods.enter(
                pod.guard, Methods.call(new Call.Rule("Chat#stream", null, null, OnLost.CONTINUE, true), "c"));
        world.server.deleteLock("c");
        world.server.takeAsPlainPod("c", "node", World.TTL);
        world.advance(World.HEARTBEAT);
        assertThat(outer.stream().holdsLock()).isFalse();
        Entry.Entered inner = Methods.enter(pod.guard, "c");
        assertThat(inner.stream()).isSameAs(outer.stream());
        inner.leave();
        outer.leave();
    }

    @Test
    void itJoinsWhileRedisIsDownAndCallsAreRejected() {
        World.Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));
        Entry.Entered outer = Methods.enter(strict.guard, "c");
        strict.store.goDown("test");
        world.advanceSeconds(3);
        Entry.Entered inner = Methods.enter(strict.guard, "c");
        assertThat(inner.stream()).isSameAs(outer.stream());
        inner.leave();
        outer.leave();
    }

    @Test
    void anAbortedOuterStreamRefusesItWithItsOwnIdAndReason() {
        Entry.Entered outer = Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        pod.guard.abortChat("c").join();
        assertThat(pod.guard.enter(Methods.call("c"))).isInstanceOfSatisfying(Entry.Aborted.class, aborted -> {
            assertThat(aborted.streamId()).isEqualTo(outer.stream().streamId());
            assertThat(aborted.reason()).isEqualTo(AbortReason.STOPPED);
        });
        outer.leave();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void itJoinsFromAVirtualThreadAndTheLeaseEndsWithTheLast() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Actor child = Actor.onVirtualThread();
        Entry.Entered inner = child.get(() -> Methods.enter(pod.guard, "c"));
        assertThat(inner.stream()).isSameAs(outer.stream());
        outer.leave();
        assertThat(inner.stream().holdsLock()).isTrue();
        assertThat(world.server.lock("c")).isPresent();
        child.run(inner::leave);
        assertThat(inner.stream().holdsLock()).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(1);
        child.close();
    }

    @Test
    void itDoesNotJoinFromAPlatformThreadThatIsStartedInside() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Actor child = Actor.onPlatformThread();
        assertThat(child.get(() -> pod.guard.enter(new Call(reject(), "c", null, null))))
                .isInstanceOf(Entry.Busy.class);
        child.run(() ->
                outer.stream().wrap(() -> Methods.enter(pod.guard, "c").leave()).run());
        child.close();
        outer.leave();
    }

    private static Call.Rule reject() {
        return new Call.Rule("Chat#other", OnBusy.REJECT, null, null, true);
    }

    @Test
    void itJoinsThroughAStreamOfAnotherChat() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Entry.Entered other = Methods.enter(pod.guard, "d");
        Entry.Entered again = Methods.enter(pod.guard, "c");
        assertThat(again.stream()).isSameAs(outer.stream());
        assertThat(pod.guard.current()).isSameAs(outer.stream());
        again.leave();
        assertThat(pod.guard.current()).isSameAs(other.stream());
        other.leave();
        assertThat(pod.guard.current()).isSameAs(outer.stream());
        outer.leave();
        assertThat(pod.guard.current()).isNull();
    }

    @Test
    void aThreadThatOutlivesTheStreamOpensOneOfItsOwn() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Actor child = Actor.onVirtualThread();
        outer.leave();
        Entry.Entered own = child.get(() -> Methods.enter(pod.guard, "c"));
        assertThat(own.stream()).isNotSameAs(outer.stream());
        assertThat(own.stream().fence()).isGreaterThan(outer.stream().fence());
        child.run(own::leave);
        child.close();
    }

    @Test
    void oneThatFailsEndsOnlyItself() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        AutoCloseable detached = outer.stream().detach();
        Entry.Entered inner = Methods.enter(pod.guard, "c");
        inner.fail();
        outer.leave();
        assertThat(outer.stream().holdsLock()).isTrue();
        closed(detached);
        assertThat(outer.stream().holdsLock()).isFalse();
    }

    @Test
    void aCallbackOfAnAbortRunsInsideTheStreamAndCannotJoinIt() {
        Entry.Entered outer = Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        var answer = new java.util.concurrent.CompletableFuture<Entry>();
        outer.stream().onAbort(reason -> answer.complete(pod.guard.enter(Methods.call("c"))));
        pod.guard.abortChat("c").join();
        assertThat(Actor.await(answer)).isInstanceOf(Entry.Aborted.class);
        outer.leave();
    }

    private static void closed(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
