package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A stream that outlives its method. */
class DetachTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    private boolean isLocked() {
        return world.server.lock("c").isPresent();
    }

    @Test
    void theStreamEndsWhenTheMethodHasLeftAndEveryPartIsClosed() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        AutoCloseable one = method.stream().detach();
        AutoCloseable two = method.stream().detach();
        one.close();
        method.leave();
        assertThat(isLocked()).isTrue();
        two.close();
        assertThat(isLocked()).isFalse();
        assertThat(method.stream().holdsLock()).isFalse();
    }

    @Test
    void partsThatAreClosedBeforeTheMethodLeavesDoNotEndIt() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.stream().detach().close();
        assertThat(isLocked()).isTrue();
        method.leave();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        AutoCloseable one = method.stream().detach();
        AutoCloseable two = method.stream().detach();
        method.leave();
        one.close();
        one.close();
        assertThat(isLocked()).isTrue();
        two.close();
        assertThat(isLocked()).isFalse();
    }

    @Test
    void aMethodThatThrowsEndsItAtOnce() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        AutoCloseable one = method.stream().detach();
        method.stream().detach();
        method.fail();
        assertThat(isLocked()).isFalse();
        OpenStream next = pod.open("c");
        one.close();
        assertThat(next.holdsLock()).isTrue();
    }

    @Test
    void aPartThatIsDetachedAfterTheMethodThrewKeepsNothingOpen() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        try (Actor child = Actor.onVirtualThread()) {
            Entry.Entered joined = child.get(() -> Methods.enter(pod.guard, "c"));
            method.fail();
            assertThat(isLocked()).as("a call that joined still runs").isTrue();
            child.run(() -> joined.stream().detach());
            child.run(joined::leave);
        }
        assertThat(isLocked()).isFalse();
    }

    @Test
    void detachingFromAStreamThatHasEndedIsNothing() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.leave();
        AutoCloseable late = method.stream().detach();
        OpenStream next = pod.open("c");
        late.close();
        assertThat(next.holdsLock()).isTrue();
    }

    @Test
    void workOnAPoolClosesItWithoutWaiting() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        AutoCloseable part = method.stream().detach();
        Runnable work =
                method.stream().wrap(() -> assertThat(pod.guard.current()).isSameAs(method.stream()));
        method.leave();
        pod.store.faults(sent -> Fate.HOLD);
        try (Actor pool = Actor.onPlatformThread()) {
            pool.run(work::run);
            pool.run(part::close);
        }
        assertThat(pod.store.held()).hasSize(1);
    }

    @Test
    void aPartThatNobodyCanCloseAnyMoreIsClosedWithAWarning() {
        Entry.Entered method = Methods.enter(pod.guard, new Call(Methods.RULE, "c", "s", "r"));
        detachAndForget(method);
        method.leave();
        assertThat(isLocked()).isTrue();
        assertThat(Garbage.makes(() -> !isLocked())).isTrue();
        assertThat(pod.journal.ofKind("forgotten")).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Journal.Level.WARN);
            assertThat(line.message()).contains("stream s", "chat c", "request r", "Chat#stream");
        });
    }

    private static void detachAndForget(Entry.Entered method) {
        method.stream().detach();
    }

    @Test
    void aPartThatWasClosedIsNotWarnedOf() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.stream().detach().close();
        detachAndForget(method);
        method.leave();
        assertThat(Garbage.makes(() -> !isLocked())).isTrue();
        assertThat(pod.journal.ofKind("forgotten")).hasSize(1);
    }

    @Test
    void callbacksOfTheStreamDoNotKeepAPartReachable() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.stream().onAbort(reason -> {});
        ((OpenStream) method.stream()).whenAborted(reason -> {});
        detachAndForget(method);
        method.leave();
        assertThat(Garbage.makes(() -> !isLocked())).isTrue();
    }
}
