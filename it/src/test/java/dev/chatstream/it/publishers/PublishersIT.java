package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line of the table a test, and what happens a method. */
class PublishersIT extends PublisherCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan);

    @Override
    protected Stage stage() {
        return stage;
    }

    @ParameterizedTest
    @EnumSource
    void done(Kind kind) {
        String call = kind.method() + "-done";
        Told told = read(kind, call);
        isBusyElsewhere(call, told);
        tellWholeAnswer(kind, call);
        isTold(call, "done");
        assertThat(pod().left(call)).startsWith(kind.tokens() + " tokens");
        isFree(call);
        isNotCancelled(call);
        assertThat(warnings(call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void failed(Kind kind) {
        String call = kind.method() + "-failed";
        read(kind, call);
        if (kind.arity == Kind.Arity.MANY) {
            tellSource(call, "next");
        }
        tellSource(call, "fail");
        isTold(call, "java.lang.IllegalStateException: own");
        isFree(call);
        isNotCancelled(call);
        assertThat(warnings(call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void cancelled(Kind kind) {
        String call = kind.method() + "-cancelled";
        read(kind, call);
        assertThat(pod().query("cancel", call)).isEqualTo("cancelled");
        isCancelled(call);
        isFree(call);
        assertThat(pod().output().containing("signal " + call + " ")).isEmpty();
        assertThat(warnings(call)).isEmpty();
    }

    /** By its consumer, with the library's own operator, which cancels. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"PUBLISHER", "FLOW"})
    void timedOut(Kind kind) {
        String call = kind.method() + "-late";
        ask(call, call, kind.method(), "limit");
        pod().output().await("started " + call + " ");
        isCancelled(call);
        assertThat(signal(call)).contains("TimeoutException");
        isFree(call);
    }

    @ParameterizedTest
    @EnumSource
    void consumedTwice(Kind kind) {
        String call = kind.method() + "-twice";
        Told first = read(kind, call);
        assertThat(pod().query("again", call)).isEqualTo("subscribed");
        tellWholeAnswer(kind, call);
        isTold(call, "done");

        Told second = startedWithTheLock(call);
        assertThat(second.streamId()).isEqualTo(first.streamId());
        assertThat(second.fence()).as("a fence of its own").isGreaterThan(first.fence());
        tellWholeAnswer(kind, call);
        isTold(call + "-again", "done");
        isFree(call);
        assertThat(warnings(call)).isEmpty();
    }

    /** Inside its last signal it is subscribed to again. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"PUBLISHER", "FLOW"})
    void triedAgain(Kind kind) {
        String call = kind.method() + "-retried";
        ask(call, call, kind.method(), "retry");
        Told first = startedWithTheLock(call);
        pod().output()
                .await("subscribed " + call + " "); // or it may be tried again after the last signal, and not inside it
        tellSource(call, "fail");
        Told second = startedWithTheLock(call);
        assertThat(second.streamId()).isEqualTo(first.streamId());
        assertThat(second.fence()).as("the same lease").isEqualTo(first.fence());
        tellWholeAnswer(kind, call);
        isTold(call, "done");
        isFree(call);
    }

    @ParameterizedTest
    @EnumSource
    void stopFromAnotherPod(Kind kind) {
        String call = kind.method() + "-stopped";
        Told told = read(kind, call);
        stopElsewhere(told);
        isCancelled(call);
        isTold(call, "aborted STOPPED by dev.chatstream.ChatAbortedException");
        isFree(call);
        assertThat(warnings(call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void lockLost(Kind kind) {
        String call = kind.method() + "-lost";
        read(kind, call);
        steal(call);
        isCancelled(call);
        isTold(call, "aborted LOCK_LOST by dev.chatstream.ChatAbortedException");
        assertThat(stage().holderOf(call)).isEqualTo("thief");
    }

    /** Its source and its consumer are both gone. */
    @ParameterizedTest
    @EnumSource
    void forgotten(Kind kind) {
        String call = kind.method() + "-forgotten";
        isFreeOnceForgotten(pod(), kind, call);
    }

    /** On a pod of its own, since no more than ten such lines a second are told of. */
    @Test
    void theMethodWhosePublisherWasForgottenIsNamed() {
        Pod own = stage.pod();
        isFreeOnceForgotten(own, Kind.FLOW, "named");
        own.log().awaitContaining("WARN", "Guarded#flow(", "everybody forgot");
    }

    private void isFreeOnceForgotten(Pod pod, Kind kind, String call) {
        pod.tell("ask", call, call, kind.method(), "platform", "drop");
        pod.output().await("started " + call + " ");
        assertThat(stage.holderOf(call)).isNotNull();
        isFreeOnceForgotten(pod, call);
    }
}
