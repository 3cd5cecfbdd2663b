package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The return of a method that is done waits for the answer to the release. */
class LeaveTest {

    private static final Duration NEVER_IN_A_TEST = Duration.ofHours(1);

    private final World world = new World();
    private final World.Pod pod = world.pod(Tuned.with(s -> s.commandTimeout = NEVER_IN_A_TEST));
    private final Actor actor = Actor.onVirtualThread();

    @AfterEach
    void end() {
        actor.close();
    }

    private Entry.Entered enter(World.Pod where) {
        return actor.get(() -> Methods.enter(where.guard, "c"));
    }

    private static void holdReleases(World.Pod where) {
        where.store.faults(sent -> sent.operation() == Operation.RELEASE ? Fate.HOLD : Fate.APPLY);
    }

    private CompletableFuture<Boolean> begin(Actor.Step step) {
        return actor.begin(() -> {
            step.run();
            return Thread.interrupted();
        });
    }

    @Test
    void whoeverSeesTheMethodReturnFindsTheChatFree() {
        Entry.Entered method = enter(pod);
        holdReleases(pod);
        CompletableFuture<Boolean> left = begin(method::leave);
        actor.awaitBlocked();
        assertThat(left).isNotDone();
        pod.store.held().remove().answer();
        assertThat(Actor.await(left)).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aMethodThatThrowsWaitsAsWell() {
        Entry.Entered method = enter(pod);
        holdReleases(pod);
        CompletableFuture<Boolean> failed = begin(method::fail);
        actor.awaitBlocked();
        assertThat(failed).isNotDone();
        pod.store.held().remove().answer();
        Actor.await(failed);
    }

    @Test
    void itWaitsAtMostTheCommandTimeoutAndTheReleaseIsRepeated() {
        World.Pod hasty = world.pod(Tuned.with(s -> s.commandTimeout = Duration.ofMillis(50)));
        Entry.Entered method = enter(hasty);
        holdReleases(hasty);
        actor.run(method::leave);
        assertThat(world.server.lock("c")).isPresent();
        hasty.store.held().remove().timeOut();
        hasty.store.faults(null);
        world.advanceSeconds(1);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void itDoesNotWaitWhileTheStoreIsSilent() {
        Entry.Entered method = enter(pod);
        pod.store.faults(sent -> sent.operation() == Operation.RELEASE ? Fate.HOLD : Fate.ARRIVE_LATE);
        world.advance(World.HEARTBEAT);
        assertThat(pod.guard.engine().laneOfChat("c").isUp()).isFalse();
        actor.run(method::leave);
        assertThat(pod.store.held().stream().map(HeldOperation::sent))
                .contains(new InMemoryStore.Sent(Operation.RELEASE, List.of("c")));
    }

    @Test
    void theWaitEndsWhenTheStoreFallsSilent() {
        Entry.Entered method = enter(pod);
        holdReleases(pod);
        CompletableFuture<Boolean> left = begin(method::leave);
        actor.awaitBlocked();
        pod.store.held().remove().timeOut();
        Actor.await(left);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        Entry.Entered method = enter(pod);
        holdReleases(pod);
        CompletableFuture<Boolean> interrupted = begin(method::leave);
        actor.awaitBlocked();
        actor.interrupt();
        assertThat(Actor.await(interrupted)).isTrue();
        pod.store.held().remove().answer();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aCallThatJoinedDoesNotWait() {
        Entry.Entered outer = enter(pod);
        holdReleases(pod);
        Entry.Entered inner = enter(pod);
        actor.run(inner::leave);
        assertThat(pod.store.held()).isEmpty();
        pod.store.faults(null);
        actor.run(outer::leave);
    }

    @Test
    void aMethodWhoseStreamGoesOnDoesNotWait() {
        Entry.Entered method = enter(pod);
        holdReleases(pod);
        Entry.Member hold = actor.get(method::member);
        actor.run(method::leave);
        assertThat(world.server.lock("c")).isPresent();
        hold.close();
        assertThat(pod.store.held()).as("sent, and not waited for").hasSize(1);
    }

    @Test
    void whereNothingIsToBeGivenBackNothingIsWaitedFor() {
        World.Pod alone = world.podAlone();
        Entry.Entered method = enter(alone);
        actor.run(method::leave);
        pod.store.faults(sent -> Fate.HOLD);
        Entry.Entered withoutChat = actor.get(() -> Methods.enter(pod.guard, " "));
        actor.run(withoutChat::leave);
        assertThat(pod.store.held()).isEmpty();
    }
}
