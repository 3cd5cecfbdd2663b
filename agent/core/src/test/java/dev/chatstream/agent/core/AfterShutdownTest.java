package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes after the end: nothing is sent, and whoever asks is answered. */
class AfterShutdownTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    @Test
    void everyCallThatEntersLaterIsRefusedToo() {
        pod.guard.shutdown();
        long sends = pod.store.sends();
        ShutdownTest.isRefused(pod.guard.enter(Methods.call("c")));
        ShutdownTest.isRefused(pod.guard.enter(Methods.call(null)));
        ShutdownTest.isRefused(pod.guard.enter(Methods.call(" ")));
        assertThat(pod.store.sends()).isEqualTo(sends);
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
        assertThat(Scope.here()).isNull();
    }

    @Test
    void whatEndsAfterItSendsNothingMore() {
        OpenStream stream = pod.open("c");
        pod.guard.shutdown();
        long sends = pod.store.sends();
        stream.depart();
        world.advanceSeconds(100);
        assertThat(pod.store.sends()).isEqualTo(sends);
    }

    @Test
    void theStoreIsClosed() {
        pod.guard.shutdown();
        assertThat(pod.store.acquire(new Claim("c", "s", "n"), null, false).join())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_SENT));
    }

    @Test
    void aStoreThatWasNeverOpenedIsNotOpenedAnyMore() {
        List<LeaseStore.Link> opened = new ArrayList<>();
        StreamGuard guard = new StreamGuard(
                World.DEFAULTS,
                new WinningStore() {
                    @Override
                    public void open(Link link) {
                        opened.add(link);
                    }
                },
                pod.journal,
                world::now);
        guard.shutdown();
        guard.open();
        ShutdownTest.isRefused(guard.enter(Methods.call("c")));
        assertThat(opened).isEmpty();
    }

    @Test
    void aSecondOneChangesNothing() {
        pod.open("c");
        pod.guard.shutdown();
        long sends = pod.store.sends();
        List<RecordingJournal.Line> said = pod.journal.lines();
        pod.guard.shutdown();
        assertThat(pod.store.sends()).isEqualTo(sends);
        assertThat(pod.journal.lines()).isEqualTo(said);
    }

    @Test
    void whoeverAsksForAnOwnerWhenNothingConnectsAnyMoreIsAnswered() {
        World.Pod unconnected = world.unconnectedPod("never");
        CompletableFuture<?> before = unconnected.guard.owner("c");
        assertThat(before).isNotDone();
        unconnected.guard.shutdown();
        assertThat(before).isCompletedExceptionally();
        assertThat(unconnected.guard.abort("elsewhere")).isCompletedExceptionally();
        assertThat(unconnected.journal.ofKind("redis-down")).isEmpty();
    }

    @Test
    void aJvmThatNeverNeededTheStoreIsAnsweredAfterItsEndToo() {
        World.Pod lanes = world.podWithLanes(3);
        lanes.guard.shutdown();
        assertThat(lanes.guard.abort("elsewhere")).isDone();
        assertThat(lanes.guard.owner("c")).isDone();
    }

    @Test
    void whoeverAsksLaterIsAnsweredThoughTheStoreWasConnected() {
        pod.open("c").depart();
        pod.guard.shutdown();
        assertThat(pod.guard.owner("c")).isCompletedExceptionally();
        assertThat(pod.guard.abort("elsewhere")).isCompletedExceptionally();
        assertThat(pod.guard.abortChat("c")).isCompletedExceptionally();
        assertThat(pod.guard.owners(List.of("c")).join().verified()).isFalse();
    }

    @Test
    void aConnectionThatIsMadeAtThatMomentKeepsNobodyWaiting() {
        World.Pod unconnected = world.unconnectedPod("not yet");
        unconnected.guard.shutdown();
        unconnected.store.comeUp();
        assertThat(unconnected.guard.owner("c")).isCompletedExceptionally();
    }
}
