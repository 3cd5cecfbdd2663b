package dev.chatstream.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** openai-java and anthropic-java: a line of the table a test. On the second pod a Stop is to look like an end. */
class ResponsesIT extends ModelCells {

    /** What a method returns; the application has a guarded method of that name. */
    enum Kind {
        /** {@code StreamResponse} of openai-java. */
        RESPONSE("response", "plainResponse"),
        /** {@code AsyncStreamResponse} of openai-java. */
        ASYNC_RESPONSE("asyncResponse", "plainAsyncResponse"),
        /** {@code StreamResponse} of anthropic-java. */
        MESSAGE("message", "plainMessage"),
        /** {@code AsyncStreamResponse} of anthropic-java. */
        ASYNC_MESSAGE("asyncMessage", "plainAsyncMessage");

        final String method;

        /** The same without a guard. */
        final String plain;

        Kind(String method, String plain) {
            this.method = method;
            this.plain = plain;
        }

        boolean isAsync() {
            return this == ASYNC_RESPONSE || this == ASYNC_MESSAGE;
        }
    }

    @RegisterExtension
    static final Stage stage =
            podsOf("openai", "openai.ResponseChats", plan -> plan).second(plan -> plan.with("on-stop", "complete"));

    @Override
    protected Stage stage() {
        return stage;
    }

    @ParameterizedTest
    @EnumSource
    void done(Kind kind) {
        String call = kind.method + "-done";
        Told told = hear(pod(), kind.method, call);
        isBusyElsewhere(call, told);
        tellSource(pod(), call, "next", "done");
        isTold(pod(), call, "done");
        assertThat(pod().left(call)).isEqualTo("2 tokens interrupted false");
        isFree(call);
        isNotCancelled(pod(), call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** The connection breaks: its consumer hears of it as it does without a guard. */
    @ParameterizedTest
    @EnumSource
    void failed(Kind kind) {
        String call = kind.method + "-failed";
        hear(pod(), kind.method, call);
        tellSource(pod(), call, "fail");
        String signal = signal(pod(), call);
        isFree(call);
        assertThat(signals(pod(), call)).hasSize(1);
        assertThat(signal).isEqualTo(failedWithout(kind.plain, kind.plain)).contains("Exception");
    }

    /** By a reader that has enough of it, or by the handler when it is called. */
    @ParameterizedTest
    @EnumSource
    void closedEarly(Kind kind) {
        String call = kind.method + "-enough";
        Told told = begin(pod(), kind.method, call, "first");
        tellSource(pod(), call, "next");
        pod().output().await("got " + call + " ");
        if (!kind.isAsync()) {
            isHeld(call, told);
            tellConsumer(pod(), call, "close");
        }
        isCancelled(pod(), call);
        isFree(call);
        assertThat(pod().left(call)).startsWith("1 tokens");
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** Held until it is closed, since the model talks; see also what is forgotten. */
    @ParameterizedTest
    @EnumSource
    void neverConsumed(Kind kind) {
        String call = kind.method + "-kept";
        Told told = begin(pod(), kind.method, call, "keep");
        assertThat(pod().left(call)).startsWith("kept");
        isHeld(call, told);
        tellConsumer(pod(), call, "close");
        isCancelled(pod(), call);
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** The library refuses it, with or without a guard, and nothing changes for whoever listens already. */
    @ParameterizedTest
    @EnumSource
    void consumedTwice(Kind kind) {
        String call = kind.method + "-twice";
        String plain = kind.plain + "-twice";
        Told told = hear(pod(), kind.method, call);
        ask(pod(), plain, kind.plain, "read");
        isStarted(pod(), plain);
        tellSource(pod(), plain, "next");
        pod().output().await("got " + plain + " ");

        assertThat(secondTime(kind, call)).isEqualTo(secondTime(kind, plain)).contains("Exception");
        isHeld(call, told);
        tellSource(pod(), call, "next", "done");
        isTold(pod(), call, "done");
        isFree(call);
    }

    /** What somebody gets who consumes it too. */
    private String secondTime(Kind kind, String call) {
        String answer = pod().query("again", call);
        return kind.isAsync() ? answer : signal(pod(), call + "-again");
    }

    @ParameterizedTest
    @EnumSource
    void stopFromAnotherPod(Kind kind) {
        String call = kind.method + "-stopped";
        Told told = hear(pod(), kind.method, call);
        stopFrom(stage.second(), told);
        isAborted(pod(), kind, call, aborted("STOPPED"));
        isFree(call);
    }

    /** Closed at once; whoever comes later is told. */
    @ParameterizedTest
    @EnumSource
    void stopFromAnotherPodWhileNobodyConsumes(Kind kind) {
        String call = kind.method + "-unread";
        Told told = begin(pod(), kind.method, call, "keep");
        stopFrom(stage.second(), told);
        isCancelled(pod(), call);
        isFree(call);
        tellConsumer(pod(), call, "again");
        isTold(pod(), call + "-again", aborted("STOPPED"));
    }

    @ParameterizedTest
    @EnumSource
    void stopWithOnStopCompleteIsANormalEnd(Kind kind) {
        Pod completing = stage.second();
        String call = kind.method + "-completed";
        Told told = hear(completing, kind.method, call);
        stopFrom(pod(), told);
        isAborted(completing, kind, call, "done");
        isFree(call);
    }

    /** Though a Stop would look like an end. */
    @ParameterizedTest
    @EnumSource
    void lockLost(Kind kind) {
        Pod completing = stage.second();
        String call = kind.method + "-lost";
        hear(completing, kind.method, call);
        steal(call);
        isAborted(completing, kind, call, aborted("LOCK_LOST"));
        assertThat(stage.holderOf(call)).isEqualTo("thief");
    }

    /** Who is called back is told at once, who reads with the next element; that ends the call of the model. */
    private static void isAborted(Pod pod, Kind kind, String call, String signal) {
        if (!kind.isAsync()) {
            speaksOnUntilTold(pod, call);
        }
        isTold(pod, call, signal);
        isCancelledAtItsNextElement(pod, call);
        assertThat(signals(pod, call)).hasSize(1);
    }

    /** Those that are read and those that nobody has consumed yet, on a pod that is sent SIGTERM. */
    @Test
    void shutdown() {
        Pod leaving = stage.pod();
        for (Kind kind : Kind.values()) {
            begin(leaving, kind.method, kind.method + "-kept", "keep");
            hear(leaving, kind.method, kind.method + "-read");
        }
        leaving.terminate();
        leaving.awaitEnd();
        for (Kind kind : Kind.values()) {
            isCancelled(leaving, kind.method + "-kept");
            assertThat(stage.holderOf(kind.method + "-kept")).isNull();
            assertThat(stage.holderOf(kind.method + "-read")).isNull();
        }
        isTold(leaving, "asyncResponse-read", aborted("SHUTDOWN"));
        isTold(leaving, "asyncMessage-read", aborted("SHUTDOWN"));
    }

    @ParameterizedTest
    @EnumSource
    void forgotten(Kind kind) {
        String call = kind.method + "-forgotten";
        begin(pod(), kind.method, call, "drop");
        isFreeOnceForgotten(pod(), call);
    }

    /** The other pod says it, since no more than ten such lines a second are told of. */
    @ParameterizedTest
    @ValueSource(strings = {"response", "asyncResponse"})
    void theMethodWhoseResponseWasForgottenIsNamed(String method) {
        String call = method + "-named";
        begin(stage.second(), method, call, "drop");
        isFreeOnceForgotten(stage.second(), call);
        stage.second().log().awaitContaining("WARN", "ResponseChats#" + method + "(", "everybody forgot");
    }
}
