package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import org.junit.jupiter.api.Test;

/** A returned value that keeps its stream open. */
class HoldTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    private boolean isLocked() {
        return world.server.lock("c").isPresent();
    }

    @Test
    void theStreamEndsWhenTheHoldIsClosed() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Member hold = method.member();
        method.leave();
        assertThat(pod.guard.current()).as("the method's thread is outside").isNull();
        assertThat(isLocked()).isTrue();
        world.advanceSeconds(120);
        assertThat(method.stream().holdsLock()).isTrue();
        hold.close();
        assertThat(method.stream().holdsLock()).isFalse();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void oneThatIsClosedBeforeTheMethodReturnsChangesNothing() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.member().close();
        assertThat(isLocked()).isTrue();
        method.leave();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Member one = method.member();
        Entry.Member other = method.member();
        method.leave();
        one.close();
        one.close();
        assertThat(isLocked()).isTrue();
        other.close();
        other.close();
        assertThat(isLocked()).isFalse();
        assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(1);
    }

    @Test
    void anyThreadMayCloseIt() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Member hold = method.member();
        method.leave();
        try (Actor consumer = Actor.onPlatformThread()) {
            consumer.run(hold::close);
        }
        assertThat(isLocked()).isFalse();
    }

    @Test
    void closingNeverWaits() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Member hold = method.member();
        method.leave();
        pod.store.faults(sent -> Fate.HOLD);
        hold.close();
        assertThat(pod.store.held()).hasSize(1);
    }

    @Test
    void oneThatIsTakenAfterTheEndHoldsNothing() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.leave();
        Entry.Member late = method.member();
        OpenStream next = pod.open("c");
        late.close();
        assertThat(next.holdsLock()).isTrue();
    }

    @Test
    void aHoldOfACallThatJoinedKeepsTheOuterStreamOpen() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Entry.Entered inner = Methods.enter(pod.guard, "c");
        Entry.Member hold = inner.member();
        inner.leave();
        outer.leave();
        assertThat(outer.stream().holdsLock()).isTrue();
        hold.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void anAbortReachesWhoeverHoldsIt() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Member hold = method.member();
        method.leave();
        var told = new java.util.concurrent.CompletableFuture<GuardedStream.AbortReason>();
        hold.whenAborted(told::complete);
        pod.guard.abortChat("c").join();
        assertThat(Actor.await(told)).isEqualTo(GuardedStream.AbortReason.STOPPED);
        hold.close();
        assertThat(isLocked()).isFalse();
    }
}
