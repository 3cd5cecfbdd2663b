package dev.chatstream.it.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.chatstream.it.harness.Cells;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line of the table a test, and what a future is a method. On the second pod a Stop is to look like an end. */
class FuturesIT extends Cells {

    /** What a method returns; the application has a guarded method of that name. */
    enum Kind {
        FUTURE("future"),
        /** A {@code CompletionStage}, which is a {@code CompletableFuture}. */
        STAGE("stage"),
        /** One that nobody can complete from outside. */
        MINIMAL_STAGE("minimalStage"),
        /** A {@code FutureTask}, declared as {@code Future}. */
        TASK("task"),
        /** {@code CompletableFuture<CompletableFuture<String>>}: the inner one. */
        NESTED("nested"),
        /** {@code CompletionStage<CompletionStage<String>>}, the outer one a minimal stage: the inner one. */
        NESTED_STAGES("nestedStages"),
        /** {@code Optional<CompletableFuture<String>>}. */
        OPTIONAL("optionalFuture"),
        /** {@code CompletableFuture<Stream<String>>}, before it is done; after that it is in {@link ReadersIT}. */
        OF_STREAM("futureStream"),
        /** A {@code CompletableFuture} that is declared as {@code Object}. */
        OBJECT("objectFuture");

        final String method;

        Kind(String method) {
            this.method = method;
        }

        boolean isNested() {
            return this == NESTED || this == NESTED_STAGES;
        }

        /** How whoever waits for it is told of an abort: the method's code may tell it itself. */
        String aborted(String reason) {
            return this == MINIMAL_STAGE || this == TASK
                    ? "java.util.concurrent.CancellationException"
                    : "aborted " + reason + " by dev.chatstream.ChatAbortedException";
        }
    }

    @RegisterExtension
    static final Stage stage =
            podsOf("base", "jdk.ShapeChats", plan -> plan).second(plan -> plan.with("on-stop", "complete"));

    @Override
    protected Stage stage() {
        return stage;
    }

    /** Has a call answered by a future, whose outer one, if there is one, is done. */
    private Told begin(Pod pod, Kind kind, String call, String consumer) {
        Told told = enter(pod, call, kind.method, consumer);
        completeTheOuter(pod, kind, call);
        return told;
    }

    private static void completeTheOuter(Pod pod, Kind kind, String call) {
        if (kind.isNested()) {
            isStarted(pod, "future-of-" + call);
            tellSource(pod, "future-of-" + call, "value");
        }
    }

    /** The same, for which somebody waits. */
    private Told read(Pod pod, Kind kind, String call) {
        Told told = begin(pod, kind, call, "read");
        isStarted(pod, call);
        pod.output().await("waiting " + call + " ");
        if (kind.isNested()) {
            pod.output().await("waiting " + call + " ");
        }
        return told;
    }

    @ParameterizedTest
    @EnumSource
    void done(Kind kind) {
        String call = kind.method + "-done";
        Told told = read(pod(), kind, call);
        isBusyElsewhere(call, told);
        tellSource(pod(), call, "value");
        isTold(pod(), call, "done");
        assertThat(pod().left(call)).isEqualTo("1 tokens interrupted false");
        isFree(call);
        isNotCancelled(pod(), call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void failed(Kind kind) {
        String call = kind.method + "-failed";
        read(pod(), kind, call);
        tellSource(pod(), call, "fail");
        assertThat(signal(pod(), call)).contains("java.lang.IllegalStateException: own");
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** Whatever feeds it hears of that by the future alone, as without. */
    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "MINIMAL_STAGE")
    void cancelled(Kind kind) {
        String call = kind.method + "-cancelled";
        read(pod(), kind, call);
        tellConsumer(pod(), call, "cancel");
        assertThat(signal(pod(), call)).startsWith("java.util.concurrent.CancellationException");
        isCancelled(pod(), call);
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** By {@code orTimeout}. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"MINIMAL_STAGE", "TASK"})
    void timedOut(Kind kind) {
        String call = kind.method + "-late";
        ask(pod(), call, kind.method, kind.isNested() ? "limitInside" : "limit");
        assertThat(pod().entered(call).holdsLock()).isTrue();
        completeTheOuter(pod(), kind, call);
        assertThat(signal(pod(), call)).startsWith("java.util.concurrent.TimeoutException");
        isCancelled(pod(), call);
        isFree(call);
    }

    /** It runs whether anybody waits or not. */
    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "OF_STREAM")
    void neverConsumed(Kind kind) {
        String call = kind.method + "-kept";
        Told told = begin(pod(), kind, call, "keep");
        isStarted(pod(), call);
        assertThat(pod().left(call)).startsWith("kept");
        isHeld(call, told);
        tellSource(pod(), call, "value");
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "OF_STREAM")
    void consumedTwice(Kind kind) {
        String call = kind.method + "-twice";
        read(pod(), kind, call);
        pod().tell("again", call);
        pod().output().await("waiting " + call + "-again ");
        tellSource(pod(), call, "value");
        isTold(pod(), call, "done");
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
        isAborted(pod(), kind, call, "STOPPED");
        isFree(call);
    }

    /** A value would have to be made up. */
    @ParameterizedTest
    @EnumSource
    void stopWithOnStopCompleteIsTheExceptionAllTheSame(Kind kind) {
        Pod completing = stage.second();
        String call = kind.method + "-completed";
        Told told = read(completing, kind, call);
        stopFrom(pod(), told);
        isAborted(completing, kind, call, "STOPPED");
        isFree(call);
    }

    @ParameterizedTest
    @EnumSource
    void lockLost(Kind kind) {
        String call = kind.method + "-lost";
        read(pod(), kind, call);
        steal(call);
        isAborted(pod(), kind, call, "LOCK_LOST");
        assertThat(stage.holderOf(call)).isEqualTo("thief");
    }

    private static void isAborted(Pod pod, Kind kind, String call, String reason) {
        assertThat(signal(pod, call)).contains(kind.aborted(reason));
        assertThat(signals(pod, call)).as("told once").hasSize(1);
        isCancelled(pod, call);
    }

    /** All kinds at once, on a pod that is sent SIGTERM. */
    @Test
    void shutdown() {
        Pod leaving = stage.pod();
        for (Kind kind : Kind.values()) {
            read(leaving, kind, kind.method + "-shutdown");
        }
        leaving.terminate();
        leaving.awaitEnd();
        for (Kind kind : Kind.values()) {
            String call = kind.method + "-shutdown";
            assertThat(stage.holderOf(call)).as(call).isNull();
            if (kind != Kind.TASK) { // a thread of its own hears of it, for which the end of the JVM does not wait
                isAborted(leaving, kind, call, "SHUTDOWN");
            }
        }
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
    void theMethodWhoseFutureWasForgottenIsNamed() {
        begin(stage.second(), Kind.FUTURE, "named", "drop");
        isFreeOnceForgotten(stage.second(), "named");
        stage.second().log().awaitContaining("WARN", "Futures#future(", "everybody forgot");
    }
}
