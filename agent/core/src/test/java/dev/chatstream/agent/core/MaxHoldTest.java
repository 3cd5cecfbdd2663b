package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MaxHoldTest {

    private final World world = new World();

    @Test
    void aStreamThatIsHeldForLongerIsAborted() {
        Pod pod = world.pod();
        OpenStream stream = pod.open("c");
        world.advance(Duration.ofMinutes(60).minusSeconds(1));
        assertThat(stream.isAborted()).isFalse();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.MAX_HOLD);
        assertThat(pod.journal.ofKind("aborted"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("MAX_HOLD", "max-hold"));
        world.advanceSeconds(10);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void zeroMeansNever() {
        Pod pod = world.pod(Tuned.with(s -> {
            s.maxHold = Duration.ZERO;
            s.lockTtl = Duration.ofHours(1);
            s.heartbeat = Duration.ofMinutes(20);
            s.abortPoll = Duration.ofMinutes(5);
        }));
        OpenStream stream = pod.open("c");
        world.advance(Duration.ofDays(8));
        assertThat(stream.isAborted()).isFalse();
        assertThat(stream.holdsLock()).isTrue();
    }

    @Test
    void theTimeThatACallWaitedDoesNotCount() {
        Pod pod = world.pod(Tuned.with(s -> s.maxHold = Duration.ofSeconds(10)));
        OpenStream holder = pod.open("c");
        world.advanceSeconds(6);
        Attempt waiter = pod.call("c");
        world.advanceSeconds(4);
        assertThat(holder.abortReason()).contains(AbortReason.MAX_HOLD);
        holder.depart();
        world.advanceSeconds(9);
        assertThat(waiter.stream().isAborted()).isFalse();
        world.advanceSeconds(1);
        assertThat(waiter.stream().abortReason()).contains(AbortReason.MAX_HOLD);
    }

    @Test
    void itCountsForStreamsThatEnteredWithoutRedisAndForThoseWithoutAStore() {
        Pod down = world.pod(Tuned.with(s -> s.maxHold = Duration.ofSeconds(10)));
        down.store.goDown("test");
        Attempt degraded = down.call("c");
        world.advanceSeconds(2);
        assertThat(degraded.stream().isOpen()).isTrue();
        Pod alone = world.podAlone();
        OpenStream without = alone.open("c");
        world.advanceSeconds(10);
        assertThat(degraded.stream().abortReason()).contains(AbortReason.MAX_HOLD);
        world.advance(Duration.ofHours(1));
        assertThat(without.abortReason()).contains(AbortReason.MAX_HOLD);
    }

    @Test
    void aStreamThatHoldsNothingAnyMoreRunsOn() {
        Pod pod = world.pod(Tuned.with(s -> {
            s.maxHold = Duration.ofSeconds(60);
            s.onLost = OnLost.CONTINUE;
        }));
        OpenStream stream = pod.open("c");
        world.server.deleteLock("c");
        world.pod().open("c");
        world.advanceSeconds(200);
        assertThat(pod.journal.ofKind("lost")).hasSize(1);
        assertThat(stream.isAborted()).isFalse();
    }

    @Test
    void aStreamWithoutAChatHoldsNothing() {
        Pod pod = world.pod(Tuned.with(s -> s.maxHold = Duration.ofSeconds(60)));
        Entry.Entered entered = (Entry.Entered) pod.guard.enter(OldMarkerTest.call(null, "m"));
        world.advanceSeconds(200);
        assertThat(entered.stream().abortReason()).isEmpty();
        entered.leave();
    }
}
