package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A function that suspends")
class AfloatTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    @AfterEach
    void nothingIsLeft() {
        assertThat(Scope.here()).isNull();
        assertThat(Leftovers.none(pod.guard, "c")).isTrue();
    }

    private static Call call(@Nullable OnBusy onBusy, @Nullable String streamId) {
        return new Call(new Call.Rule("Chat#talk", onBusy, null, null, true), "c", streamId, null);
    }

    private Entry.Suspended call() {
        return (Entry.Suspended) pod.guard.enterSuspended(call(null, null));
    }

    private boolean isLocked() {
        return world.server.lock("c").isPresent();
    }

    private static void isIn(Entry.Suspended function) {
        assertThat(function.outcome()).isCompletedWithValue(Optional.empty());
    }

    private static Entry.Refusal refusal(Entry.Suspended function) {
        assertThat(function.outcome()).isDone();
        return function.outcome().join().orElseThrow();
    }

    @Test
    void isInWithoutAThreadAndLeavesOnAnyOther() {
        Entry.Suspended function = call();
        isIn(function);
        assertThat(GuardedStream.current()).isNull();
        try (Actor elsewhere = Actor.onPlatformThread()) {
            Runnable leave = elsewhere.get(function::here);
            assertThat(elsewhere.get(GuardedStream::current)).isSameAs(function.stream());
            elsewhere.run(leave::run);
            assertThat(elsewhere.get(GuardedStream::current)).isNull();
            assertThat(isLocked()).isTrue();
            elsewhere.run(function::leave);
        }
        assertThat(isLocked()).isFalse();
    }

    @Test
    void waitsForItsChatWithoutAThread() {
        OpenStream first = pod.open("c");
        Entry.Suspended function = call();
        assertThat(function.outcome()).isNotDone();
        var unused = first.depart();
        isIn(function);
        function.leave();
    }

    @Test
    void isOutWhenItsTimeIsUp() {
        OpenStream first = pod.open("c");
        Entry.Suspended function = call();
        world.advanceSeconds(6);
        assertThat(refusal(function)).isInstanceOf(Entry.Busy.class);
        var unused = first.depart();
    }

    @Test
    void isOutAtOnceUnderReject() {
        OpenStream first = pod.open("c");
        Entry.Suspended function = (Entry.Suspended) pod.guard.enterSuspended(call(OnBusy.REJECT, null));
        assertThat(refusal(function)).isInstanceOf(Entry.Busy.class);
        var unused = first.depart();
    }

    @Test
    void isStoppedWhileItWaits() {
        OpenStream first = pod.open("c");
        Entry.Suspended function = (Entry.Suspended) pod.guard.enterSuspended(call(null, "waits"));
        pod.guard.abort("waits").join();
        assertThat(refusal(function)).isInstanceOf(Entry.Aborted.class);
        var unused = first.depart();
    }

    @Test
    void thatIsGivenUpWhileItWaitsGivesItsPlaceOn() {
        OpenStream first = pod.open("c");
        Entry.Suspended second = call();
        Entry.Suspended third = call();
        second.withdraw();
        var unused = first.depart();
        assertThat(refusal(second)).isInstanceOf(Entry.Aborted.class);
        isIn(third);
        third.leave();
    }

    @Test
    void thatIsGivenUpWhenItIsInGivesItsLockBack() {
        Entry.Suspended function = call();
        function.withdraw();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void joinsTheStreamThatTheCallerRunsIn() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Entry.Suspended function = call();
        isIn(function);
        assertThat(function.stream()).isSameAs(method.stream());
        method.leave();
        assertThat(isLocked()).as("until the last of them ends").isTrue();
        function.leave();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void isRefusedInsideOfAStreamThatIsAborted() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        pod.guard.abortChat("c").join();
        assertThat(pod.guard.enterSuspended(call(null, null))).isInstanceOf(Entry.Aborted.class);
        Thread.interrupted();
        method.leave();
    }

    @Test
    void thatThrowsEndsWhatItDetached() {
        Entry.Suspended function = call();
        AutoCloseable detached = function.stream().detach();
        function.fail();
        assertThat(isLocked()).isFalse();
        assertThat(detached).isNotNull();
    }

    @Test
    void isAbortedWithoutAnInterruptOfWhoeverRunsIt() {
        Entry.Suspended function = call();
        Runnable leave = function.here();
        pod.guard.abortChat("c").join();
        assertThat(function.stream().abortReason()).contains(AbortReason.STOPPED);
        assertThat(Thread.interrupted()).isFalse();
        leave.run();
        function.leave();
    }

    @Test
    void withoutAChatIdRunsWithoutALock() {
        Entry.Suspended function = (Entry.Suspended) pod.guard.enterSuspended(
                new Call(new Call.Rule("Chat#talk", null, null, null, true), null, null, null));
        isIn(function);
        assertThat(function.stream().chatId()).isEmpty();
        function.leave();
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
    }

    @Test
    void isRefusedAfterTheShutdown() {
        pod.guard.shutdown();
        assertThat(refusal(call())).isInstanceOf(Entry.Aborted.class);
    }
}
