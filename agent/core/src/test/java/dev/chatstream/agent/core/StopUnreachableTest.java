package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.World.Pod;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** abort, abortChat and owner where Redis cannot be asked, or not yet. */
class StopUnreachableTest {

    private final World world = new World();
    private final Pod one = world.pod();
    private final Pod two = world.pod();

    @Test
    void whereRedisCannotBeAskedAStopForAStreamOfThisJvmWorks() {
        OpenStream mine = one.open("c");
        OpenStream given = one.open("d", "m");
        one.store.goDown("test");
        world.advanceSeconds(5);
        one.guard.abort("m").join();
        assertThat(one.guard.abortChat("c").join()).contains(mine.streamId());
        assertThat(given.isAborted()).isTrue();
        assertThat(mine.isAborted()).isTrue();
    }

    @Test
    void whereRedisCannotBeAskedAndItIsNotHereAStopFails() {
        one.store.goDown("no route");
        world.advanceSeconds(5);
        assertUnavailable(one.guard.abort("elsewhere"), "elsewhere");
        assertUnavailable(one.guard.abortChat("c"), "c");
        assertUnavailable(one.guard.owner("c"), "c");
    }

    @Test
    void whereTheMarkerIsNotWrittenAStopFails() {
        one.store.faults(sent -> new Fate.Fail(new Failure(Failure.Kind.REFUSED, "OOM command not allowed")));
        assertThatThrownBy(() -> one.guard.abort("elsewhere").join())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("OOM");
    }

    @Test
    void whereTheStreamHereWasStoppedThatRedisCannotBeWrittenIsNoFailure() {
        one.store.goDown("test");
        World.Attempt call = one.call("c");
        world.advanceSeconds(2);
        OpenStream here = call.stream();
        two.open("c");
        one.store.comeUp();
        one.store.faults(sent -> sent.operation() == Operation.MARK
                ? new Fate.Fail(new Failure(Failure.Kind.REFUSED, "READONLY"))
                : Fate.APPLY);
        assertThat(one.guard.abortChat("c").join()).contains(here.streamId());
        assertThat(here.isAborted()).isTrue();
    }

    @Test
    void aStopWaitsForAConnectionThatIsBeingMade() {
        OpenStream there = two.open("c", "m");
        one.store.goDown("test");
        CompletableFuture<?> stop = one.guard.abort("m");
        CompletableFuture<Optional<String>> named = one.guard.abortChat("c");
        world.advanceSeconds(1);
        assertThat(stop).isNotDone();
        one.store.comeUp();
        assertThat(stop).isCompleted();
        assertThat(named.join()).contains("m");
        world.advanceSeconds(1);
        assertThat(there.isAborted()).isTrue();
    }

    @Test
    void aStopWaitsForAConnectionNoLongerThanTheCommandTimeout() {
        one.store.goDown("no route");
        CompletableFuture<?> stop = one.guard.abort("m");
        world.advanceSeconds(2);
        assertUnavailable(stop, "m");
        CompletableFuture<?> next = one.guard.abort("m");
        assertUnavailable(next, "m");
    }

    @Test
    void aStopThatFindsTheConnectionGoneWaitsForTheNextOne() {
        boolean[] gone = {true};
        one.store.faults(sent -> sent.operation() == Operation.MARK && gone[0]
                ? new Fate.Fail(new Failure(Failure.Kind.NOT_SENT, "connection reset"))
                : Fate.APPLY);
        CompletableFuture<?> stop = one.guard.abort("m");
        assertThat(stop).isNotDone();
        gone[0] = false;
        one.store.comeUp();
        assertThat(stop).isCompleted();
        assertThat(world.server.marked("m")).isTrue();
    }

    @Test
    void whileRedisIsSilentAStopDoesNotWait() {
        one.store.faults(sent -> Fate.HOLD);
        CompletableFuture<?> first = one.guard.abort("m");
        CompletableFuture<?> second = one.guard.abort("n");
        one.store.held().remove().timeOut();
        assertUnavailable(first, "m");
        assertUnavailable(second, "n");
        assertUnavailable(one.guard.abort("o"), "o");
    }

    private static void assertUnavailable(CompletableFuture<?> answer, String named) {
        assertThat(answer).isCompletedExceptionally();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class).hasMessageContaining(named);
    }
}
