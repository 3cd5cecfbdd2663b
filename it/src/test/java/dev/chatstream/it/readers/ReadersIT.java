package dev.chatstream.it.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A line of the table a test, and what is read a method. On the second pod a Stop is to look like an end. */
class ReadersIT extends ReaderCells {

    @RegisterExtension
    static final Stage stage = pods();

    @Override
    protected Stage stage() {
        return stage;
    }

    @ParameterizedTest
    @EnumSource
    void done(Kind kind) {
        String call = kind.method + "-done";
        Told told = read(pod(), kind, call);
        isBusyElsewhere(call, told);
        tellSource(pod(), call, "next", "done");
        isTold(pod(), call, "done");
        assertThat(pod().left(call)).isEqualTo("2 tokens interrupted false");
        isFree(call);
        isNotCancelled(pod(), call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"RESPONSE", "RESPONSE_OF_LINES", "SENT"})
    void failed(Kind kind) {
        String call = kind.method + "-failed";
        read(pod(), kind, call);
        tellSource(pod(), call, "fail");
        assertThat(signal(pod(), call)).contains("java.lang.IllegalStateException: own");
        isFree(call);
        isNotCancelled(pod(), call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** The connection breaks: its reader hears of it as it does without a guard. */
    @ParameterizedTest
    @CsvSource({"RESPONSE, plainResponse", "RESPONSE_OF_LINES, plainResponseOfLines", "SENT, plainSent"})
    void failedAsItDoesWithout(Kind kind, String plain) {
        String call = kind.method + "-failed";
        read(pod(), kind, call);
        tellSource(pod(), call, "fail");
        String signal = signal(pod(), call);
        isFree(call);

        ask(pod(), plain, plain, "read");
        isStarted(pod(), plain);
        tellSource(pod(), plain, "next", "fail");
        assertThat(signal).isEqualTo(signal(pod(), plain)).contains("java.io.IOException");
    }

    /** By a reader that has enough. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"ITERATOR", "ITERABLE"})
    void closedEarly(Kind kind) {
        String call = kind.method + "-enough";
        Told told = begin(pod(), kind, call, "first");
        tellSource(pod(), call, "next");
        pod().output().await("heard " + call + " ");
        isHeld(call, told);
        tellConsumer(pod(), call, "close");
        isCancelled(pod(), call);
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** Held until it is closed; see also what is forgotten. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"ITERATOR", "ITERABLE"})
    void neverConsumed(Kind kind) {
        String call = kind.method + "-kept";
        Told told = begin(pod(), kind, call, "keep");
        assertThat(pod().left(call)).startsWith("kept");
        isHeld(call, told);
        tellConsumer(pod(), call, "close");
        isCancelled(pod(), call);
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** As the JDK says it, and nothing changes for whoever reads already. */
    @ParameterizedTest
    @EnumSource(
            names = {"STREAM", "INTS", "LONGS", "DOUBLES", "RESPONSE_OF_LINES", "OPTIONAL", "LATER", "OBJECT", "GENERIC"
            })
    void aStreamConsumedTwiceIsRefused(Kind kind) {
        String call = kind.method + "-twice";
        Told told = read(pod(), kind, call);
        tellConsumer(pod(), call, "again");
        isTold(
                pod(),
                call + "-again",
                "java.lang.IllegalStateException: stream has already been operated upon or closed");
        isHeld(call, told);
        isBusyElsewhere(call, told);
        tellSource(pod(), call, "next", "done");
        isTold(pod(), call, "done");
        isFree(call);
    }

    /** Whoever comes after the end finds nothing more, and nothing is locked for that. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"STREAM", "INTS", "LONGS", "DOUBLES", "RESPONSE_OF_LINES", "OPTIONAL", "LATER", "OBJECT", "GENERIC"
            })
    void anythingElseConsumedTwiceIsAtItsEnd(Kind kind) {
        String call = kind.method + "-twice";
        read(pod(), kind, call);
        tellSource(pod(), call, "done");
        isTold(pod(), call, "done");
        isFree(call);
        tellConsumer(pod(), call, "again");
        isTold(pod(), call + "-again", "done");
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stopFromAnotherPod(Kind kind) {
        String call = kind.method + "-stopped";
        Told told = read(pod(), kind, call);
        stopFrom(stage.second(), told);
        speaksOnUntilTold(pod(), call);
        isTold(pod(), call, kind.aborted("STOPPED"));
        isClosed(pod(), kind, call);
        isFree(call);
    }

    /** Closed from the side: its reader waits for what never comes. */
    @ParameterizedTest
    @EnumSource(names = {"STREAM", "CLOSEABLE", "ANSWER", "BYTES", "RESPONSE", "SENT"})
    void stopFromAnotherPodWhileTheSourceSaysNothing(Kind kind) {
        String call = kind.method + "-silent";
        Told told = read(pod(), kind, call);
        stopFrom(stage.second(), told);
        isTold(pod(), call, kind.aborted("STOPPED"));
        isCancelled(pod(), call);
        isFree(call);
    }

    /** Closed at once; whoever comes later is told. */
    @ParameterizedTest
    @EnumSource
    void stopFromAnotherPodWhileNobodyReads(Kind kind) {
        String call = kind.method + "-unread";
        Told told = begin(pod(), kind, call, "keep");
        stopFrom(stage.second(), told);
        isClosed(pod(), kind, call);
        isFree(call);
        tellConsumer(pod(), call, "again");
        isTold(pod(), call + "-again", kind.aborted("STOPPED"));
    }

    @ParameterizedTest
    @EnumSource
    void stopWithOnStopCompleteIsANormalEnd(Kind kind) {
        Pod completing = stage.second();
        String call = kind.method + "-completed";
        Told told = read(completing, kind, call);
        stopFrom(pod(), told);
        speaksOnUntilTold(completing, call);
        isTold(completing, call, "done");
        isClosed(completing, kind, call);
        isFree(call);
    }

    /** Though a Stop would look like an end. */
    @ParameterizedTest
    @EnumSource
    void lockLost(Kind kind) {
        Pod completing = stage.second();
        String call = kind.method + "-lost";
        read(completing, kind, call);
        steal(call);
        speaksOnUntilTold(completing, call);
        isTold(completing, call, kind.aborted("LOCK_LOST"));
        isClosed(completing, kind, call);
        assertThat(stage.holderOf(call)).isEqualTo("thief");
    }

    /** All kinds at once, on a pod that is sent SIGTERM. */
    @Test
    void shutdown() {
        Pod leaving = stage.pod();
        List<String> calls = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String call = kind.method + "-shutdown";
            begin(leaving, kind, call, kind == Kind.BYTES ? "read" : "keep");
            calls.add(call);
        }
        leaving.terminate();
        leaving.awaitEnd();
        isTold(leaving, "bytes-shutdown", Kind.BYTES.aborted("SHUTDOWN"));
        for (Kind kind : Kind.values()) {
            isClosed(leaving, kind, kind.method + "-shutdown");
        }
        assertThat(calls).allSatisfy(call -> assertThat(stage.holderOf(call)).isNull());
    }

    @ParameterizedTest
    @EnumSource
    void forgotten(Kind kind) {
        String call = kind.method + "-forgotten";
        begin(pod(), kind, call, "drop");
        isFreeOnceForgotten(pod(), call);
    }

    /** The other pod says it, since no more than ten such lines a second are told of. */
    @Test
    void theMethodWhoseAnswerWasForgottenIsNamed() {
        begin(stage.second(), Kind.ITERATOR, "named", "drop");
        isFreeOnceForgotten(stage.second(), "named");
        stage.second().log().awaitContaining("WARN", "Readers#iterator(", "everybody forgot");
    }
}
