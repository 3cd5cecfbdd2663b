package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import org.junit.jupiter.api.Test;

/** abort and abortChat. */
class StopTest {

    private final World world = new World();
    private final Pod one = world.pod();
    private final Pod two = world.pod();

    @Test
    void aStopHereAbortsAtOnceAndNeedsNoMarkerForAnIdOfTheAgents() {
        OpenStream stream = one.open("c");
        one.guard.abort(stream.streamId()).join();
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(one.store.count(Operation.MARK)).isZero();
    }

    @Test
    void aStopOfAnIdOfTheApplicationsAbortsHereFirstAndWritesTheMarkerAfter() {
        OpenStream here = one.open("c", "m");
        OpenStream there = two.open("d", "m");
        one.store.faults(sent -> {
            if (sent.operation() == Operation.MARK) {
                assertThat(here.isAborted()).isTrue();
            }
            return Fate.APPLY;
        });
        one.guard.abort("m").join();
        assertThat(one.store.count(Operation.MARK)).isEqualTo(1);
        world.advanceSeconds(1);
        assertThat(there.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void aStopOnAnotherPodReachesTheStreamWithinATickAndClearsTheMarker() {
        OpenStream stream = one.open("c");
        two.guard.abort(stream.streamId()).join();
        assertThat(world.server.marked(stream.streamId())).isTrue();
        assertThat(stream.isAborted()).isFalse();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(world.server.marked(stream.streamId())).isFalse();
    }

    @Test
    void theMarkerIsClearedAfterTheStreamWasAbortedAndNotBefore() {
        OpenStream stream = one.open("c", "m");
        boolean[] abortedFirst = new boolean[1];
        one.store.faults(sent -> {
            if (sent.operation() == Operation.CLEAR) {
                abortedFirst[0] = stream.isAborted();
            }
            return Fate.APPLY;
        });
        world.server.mark("m");
        world.advanceSeconds(1);
        assertThat(abortedFirst).containsExactly(true);
    }

    @Test
    void askingTwiceIsAskingOnce() {
        OpenStream stream = one.open("c", "m");
        one.guard.abort("m").join();
        one.guard.abort("m").join();
        two.guard.abort("m").join();
        world.advanceSeconds(3);
        assertThat(one.journal.ofKind("aborted")).hasSize(1);
        assertThat(one.guard.engine().tally().aborted.sum()).isEqualTo(1);
        stream.depart();
    }

    @Test
    void aStopWhoseMarkerIsSeenTwiceAbortsOnce() {
        OpenStream stream = one.open("c", "m");
        one.store.faults(sent -> sent.operation() == Operation.CLEAR ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.server.mark("m");
        world.advanceSeconds(5);
        assertThat(stream.isAborted()).isTrue();
        assertThat(one.journal.ofKind("aborted")).hasSize(1);
        assertThat(one.store.count(Operation.CLEAR)).isEqualTo(1);
    }

    @Test
    void theLogTellsWhereTheStopCameFrom() {
        OpenStream here = one.open("c");
        OpenStream there = one.open("d");
        one.guard.abort(here.streamId()).join();
        two.guard.abort(there.streamId()).join();
        world.advanceSeconds(1);
        assertThat(one.journal.ofKind("aborted"))
                .extracting(RecordingJournal.Line::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("STOPPED", "in this JVM", here.streamId()),
                        second -> assertThat(second).contains("STOPPED", "marker in Redis", there.streamId()));
    }

    @Test
    void aStopForNobodyIsNoError() {
        assertThat(one.guard.abort("nobody")).isCompleted();
        assertThat(one.guard.abortChat("nobody").join()).isEmpty();
    }

    @Test
    void abortChatStopsTheStreamThatHoldsTheChatHereAndNamesIt() {
        OpenStream stream = one.open("c");
        assertThat(one.guard.abortChat("c").join()).contains(stream.streamId());
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(one.store.sends()).isEqualTo(1); // nothing but its acquire
    }

    @Test
    void abortChatStopsTheStreamOnAnotherPodAndNamesIt() {
        OpenStream stream = one.open("c");
        assertThat(two.guard.abortChat("c").join()).contains(stream.streamId());
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void abortChatMarksAHolderThatKeepsNoRecord() {
        world.server.takeAsPlainPod("c", "node", World.TTL);
        assertThat(two.guard.abortChat("c").join()).contains("node");
        assertThat(world.server.marked("node")).isTrue();
    }

    @Test
    void abortChatNeverStopsTheOneThatFollows() {
        one.store.goDown("test");
        Attempt call = one.call("c");
        world.advanceSeconds(2);
        OpenStream here = call.stream();
        Attempt next = one.call("c");
        one.store.comeUp();
        one.store.faults(sent -> {
            if (sent.operation() == Operation.OWNERS && here.isOpen()) {
                here.depart(); // it ends at once when it is aborted
            }
            return Fate.APPLY;
        });
        assertThat(one.guard.abortChat("c").join()).contains(here.streamId());
        assertThat(here.isAborted()).isTrue();
        assertThat(next.stream().isAborted()).isFalse();
    }

    @Test
    void whereTheStreamHereHasNoLockAbortChatStopsAlsoWhoeverHoldsItElsewhere() {
        one.store.goDown("test");
        Attempt call = one.call("c");
        world.advanceSeconds(2);
        OpenStream here = call.stream();
        OpenStream there = two.open("c");
        one.store.comeUp();
        assertThat(one.guard.abortChat("c").join()).contains(there.streamId());
        assertThat(here.isAborted()).isTrue();
        world.advanceSeconds(1);
        assertThat(there.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void withoutAStoreStopsAnswerFromThisJvmAndNeverFail() {
        Pod alone = world.podAlone();
        OpenStream stream = alone.open("c", "m");
        assertThat(alone.guard.abort("nobody")).isCompleted();
        assertThat(alone.guard.abortChat("d").join()).isEmpty();
        assertThat(alone.guard.abortChat("c").join()).contains("m");
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }
}
