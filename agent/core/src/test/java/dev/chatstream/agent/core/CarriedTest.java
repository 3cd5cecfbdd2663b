package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What tools set and set back that carry values from thread to thread. */
@DisplayName("A stream that is carried to a thread")
class CarriedTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();
    private final Actor elsewhere = Actor.onPlatformThread();
    private GuardedStream other;
    private Entry.Entered owner;

    @BeforeEach
    void openOneElsewhere() {
        owner = elsewhere.get(() -> Methods.enter(pod.guard, "other"));
        other = owner.stream();
    }

    @AfterEach
    void nothingIsLeftOnThisThread() {
        elsewhere.run(() -> owner.leave());
        elsewhere.close();
        assertThat(Scope.here()).isNull();
    }

    private static @Nullable GuardedStream current() {
        return GuardedStream.current();
    }

    @Test
    void isItsCurrentOneUntilNoneIs() {
        GuardedStream.carry(other);
        assertThat(current()).isSameAs(other);
        GuardedStream.carry(other);
        assertThat(current()).isSameAs(other);
        GuardedStream.carry(null);
        assertThat(current()).isNull();
        GuardedStream.carry(null);
        assertThat(Scope.here()).isNull();
    }

    @Test
    void isReplacedByTheNextThatIsCarried() {
        Entry.Entered third = elsewhere.get(() -> Methods.enter(pod.guard, "third"));
        GuardedStream.carry(other);
        GuardedStream.carry(third.stream());
        assertThat(current()).isSameAs(third.stream());
        assertThat(Scope.here().depth()).isEqualTo(1);
        GuardedStream.carry(null);
        elsewhere.run(third::leave);
    }

    @Test
    void liesAboveTheMethodsThatTheThreadIsInsideOfAndNeverTakesTheirPlace() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        GuardedStream.carry(other);
        assertThat(current()).isSameAs(other);
        assertThat(pod.guard.enter(Methods.call("c"))).satisfies(joined -> {
            assertThat(((Entry.Entered) joined).stream()).isSameAs(method.stream());
            ((Entry.Entered) joined).leave();
        });
        assertThat(current()).isSameAs(other);
        GuardedStream.carry(method.stream());
        assertThat(current()).isSameAs(method.stream());
        GuardedStream.carry(null);
        assertThat(current()).as("its own, which nobody carried").isSameAs(method.stream());
        assertThat(Scope.here().depth()).isEqualTo(1);
        method.leave();
        assertThat(current()).isNull();
    }

    @Test
    void isThereAgainAfterAMethodThatWasCalledInside() {
        GuardedStream.carry(other);
        Entry.Entered method = Methods.enter(pod.guard, "c");
        assertThat(current()).isSameAs(method.stream());
        method.leave();
        assertThat(current()).isSameAs(other);
        GuardedStream.carry(null);
    }

    @Test
    void isJoinedByACallForItsChat() {
        GuardedStream.carry(other);
        Entry.Entered joined = Methods.enter(pod.guard, "other");
        assertThat(joined.stream()).isSameAs(other);
        joined.leave();
        GuardedStream.carry(null);
    }

    @Test
    void thatHasEndedIsNone() {
        elsewhere.run(owner::leave);
        GuardedStream.carry(other);
        assertThat(Scope.here()).isNull();
        openOneElsewhere();
    }

    @Test
    void isNotInheritedByPlatformThreads() {
        GuardedStream.carry(other);
        try (Actor child = Actor.onPlatformThread()) {
            assertThat(child.get(CarriedTest::current)).isNull();
        }
        try (Actor child = Actor.onVirtualThread()) {
            assertThat(child.get(CarriedTest::current)).isSameAs(other);
        }
        GuardedStream.carry(null);
    }

    @Test
    void letsAnAbortInterruptTheMethodBelow() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        GuardedStream.carry(other);
        Entry.Entered inner = Methods.enter(pod.guard, "d");
        pod.guard.abort(method.stream().streamId()).join();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        inner.leave();
        GuardedStream.carry(null);
        method.leave();
        assertThat(Thread.interrupted()).as("no flag is left behind").isFalse();
    }

    @Test
    void comesWithThoseAroundItAndGivesThemBack() {
        Entry.Entered inner = elsewhere.get(() -> Methods.enter(pod.guard, "inner"));
        GuardedStream.Carried chain = elsewhere.get(() -> Scope.chain((OpenStream) inner.stream()));
        GuardedStream.Carried before = GuardedStream.carryAll(chain);
        assertThat(current()).isSameAs(inner.stream());
        assertThat(Scope.currentOf("other")).isSameAs(other);
        assertThat(GuardedStream.carryAll(chain)).as("nothing changes").isEqualTo(chain);
        elsewhere.run(inner::leave);
        assertThat(current()).as("of those that are open").isSameAs(other);
        assertThat(GuardedStream.carryAll(before)).isEqualTo(chain);
        assertThat(current()).isNull();
    }
}
