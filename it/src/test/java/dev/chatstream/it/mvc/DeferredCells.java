package dev.chatstream.it.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;

/** {@code DeferredResult}, which has one callback of each kind: the application's. */
abstract class DeferredCells extends MvcCells {

    @Test
    void done() {
        Visitor visitor = visit("deferred", "done", "");
        Told told = entered("done");
        assertThat(visit(stage().second(), "/deferred?call=busy&chat=done").toTheEnd())
                .contains(" 409 ");
        isHeld("done", told);
        pod().tell("end", "done");
        assertThat(said("set", "done")).isEqualTo("true");
        assertThat(visitor.toTheEnd()).contains(" 200 ", "whole");
        assertThat(said("own", "done")).isEqualTo("completion");
        isFree("done");
        assertNoWarning("done");
    }

    @Test
    void failed() {
        Visitor visitor = visit("deferred", "failed", "");
        entered("failed");
        pod().tell("fail", "failed");
        assertThat(visitor.toTheEnd()).contains(" 500 ", "failed own");
        assertThat(said("own", "failed")).isEqualTo("completion");
        isFree("failed");
        assertThat(pod().output().containing("aborted failed")).isEmpty();
    }

    /** Tomcat notices nothing before it writes, so nobody else can. */
    @Test
    void clientGoneIsNotNoticedBeforeThereIsAResult() {
        Visitor visitor = visit("deferred", "gone", "");
        Told told = entered("gone");
        visitor.leaves();
        isHeld("gone", told);
        pod().tell("end", "gone");
        assertThat(said("set", "gone")).isEqualTo("true");
        isFree("gone");
    }

    @Test
    void timedOut() {
        Visitor visitor = visit("deferred", "late", "&timeout=300&callbackWaits=true");
        Told told = entered("late");
        assertThat(pod().aborted("late")).isEqualTo("CONSUMER_GONE");
        assertThat(visitor.toTheEnd()).contains(" 503 ").doesNotContain("aborted");
        assertThat(said("own", "late")).isEqualTo("timeout");
        assertThat(said("own", "late")).isEqualTo("completion");
        isHeld("late", told);
        pod().tell("callbackEnds", "late");
        isFree("late");
    }

    @Test
    void neverConsumed() {
        assertThat(visit("dropped", "dropped", "&shape=deferred").toTheEnd()).contains("dropped");
        entered("dropped");
        isFreeOnceCollected("dropped");
        pod().log().awaitContaining("WARN", "everybody forgot", "Chats#deferred");
    }

    @Test
    void stopFromAnotherPod() {
        Visitor visitor = visit("deferred", "stopped", "");
        Told told = entered("stopped");
        stopElsewhere(told);
        assertThat(visitor.toTheEnd()).contains(" 503 ", "aborted STOPPED");
        assertThat(said("own", "stopped")).isEqualTo("completion");
        isFree("stopped");
        pod().tell("end", "stopped");
        assertThat(said("set", "stopped")).isEqualTo("false");
    }

    /** It has no other way to end than a result. */
    @Test
    void stopUnderOnStopCompleteIsAnExceptionToo() {
        Pod completing = stage().pod(stage().plan().with("on-stop", "complete"));
        Visitor visitor = visit(completing, "/deferred?call=completed&chat=completed");
        stopElsewhere(completing.entered("completed"));
        assertThat(visitor.toTheEnd()).contains(" 503 ", "aborted STOPPED");
        isFree("completed");
    }

    @Test
    void lockLost() {
        Visitor visitor = visit("deferred", "lost", "");
        entered("lost");
        steal("lost");
        assertThat(visitor.toTheEnd()).contains(" 503 ", "aborted LOCK_LOST");
        assertThat(said("own", "lost")).isEqualTo("completion");
        assertThat(stage().holderOf("lost")).isEqualTo("thief");
    }
}
