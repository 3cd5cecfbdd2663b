package dev.chatstream.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * LangChain4j: a line of the table a test. On the second pod a Stop is to look like an end, and what nobody starts soon
 * loses its chat.
 */
class TokensIT extends ModelCells {

    /** What a method returns or is given; the application has a guarded method of that name. */
    enum Kind {
        /** {@code TokenStream} of an annotated interface that {@code AiServices} implements. */
        ASSISTANT("assistant", "plainTokens"),
        /** {@code TokenStream} of a method of one's own. */
        TOKENS("tokens", "plainTokens"),
        /** {@code StreamingChatResponseHandler}, a parameter. */
        HANDLER("handler", "plainHandler");

        final String method;

        /** The same without a guard. */
        final String plain;

        Kind(String method, String plain) {
            this.method = method;
            this.plain = plain;
        }
    }

    @RegisterExtension
    static final Stage stage = podsOf("langchain4j", "langchain4j.TokenChats", plan -> plan)
            .second(plan -> plan.with("on-stop", "complete").with("subscribe-timeout", "500ms"));

    @Override
    protected Stage stage() {
        return stage;
    }

    /** An interface has no body that could tell: its stream is the one that Redis names. */
    @Override
    protected Told enter(Pod pod, String call, String method, String consumer) {
        if (!method.equals(Kind.ASSISTANT.method)) {
            return super.enter(pod, call, method, consumer);
        }
        ask(pod, call, method, consumer);
        Eventually.until("the lock is taken", () -> stage.holderOf(call) != null);
        return new Told(Objects.requireNonNull(stage.holderOf(call)), true, 0, call, "no");
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

    /** The connection breaks: its consumer hears of it as it does without a guard; which 1.19 follows up by an end. */
    @ParameterizedTest
    @EnumSource
    void failed(Kind kind) {
        String call = kind.method + "-failed";
        hear(pod(), kind.method, call);
        tellSource(pod(), call, "fail");
        String signal = signal(pod(), call);
        isFree(call);
        String afterIt = signal(pod(), call);

        String plain = kind.plain + "-for-" + kind.method;
        assertThat(signal).isEqualTo(failedWithout(plain, kind.plain)).contains("Exception");
        assertThat(afterIt).isEqualTo(signal(pod(), plain)).isEqualTo("done");
    }

    /** By the handle that comes with a token. */
    @ParameterizedTest
    @EnumSource
    void cancelled(Kind kind) {
        String call = kind.method + "-cancelled";
        hear(pod(), kind.method, call);
        tellConsumer(pod(), call, "cancel");
        isCancelled(pod(), call);
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "HANDLER")
    void neverStartedGivesItsLockBackAndTakesItAnewForWhoStartsItLate(Kind kind) {
        Pod soon = stage.second();
        String call = kind.method + "-kept";
        Told told = enter(soon, call, kind.method, "keep");
        assertThat(soon.left(call)).startsWith("kept");
        assertThat(soon.log().awaitContaining("WARN", told.streamId())).contains("#");
        isFree(call);

        tellConsumer(soon, call, "again");
        isStarted(soon, call);
        isHeld(call, told);
        tellSource(soon, call, "next", "done");
        isTold(soon, call + "-again", "done");
        isFree(call);
    }

    /** In its turn, with the same stream id. */
    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "HANDLER")
    void startedTwice(Kind kind) {
        String call = kind.method + "-twice";
        Told told = hear(pod(), kind.method, call);
        tellConsumer(pod(), call, "startAgain");
        tellSource(pod(), call, "done");
        assertThat(signal(pod(), call)).isEqualTo("done");
        isStarted(pod(), call);
        isHeld(call, told);
        tellSource(pod(), call, "next", "done");
        assertThat(signal(pod(), call)).isEqualTo("done");
        isFree(call);
        assertThat(warnings(pod(), call)).isEmpty();
    }

    /** Told at once; the model is cancelled at its next event. */
    @ParameterizedTest
    @EnumSource
    void stopFromAnotherPod(Kind kind) {
        String call = kind.method + "-stopped";
        Told told = hear(pod(), kind.method, call);
        stopFrom(stage.second(), told);
        isAborted(pod(), call, "STOPPED");
        isFree(call);
    }

    /** A complete response would have to be made up. */
    @ParameterizedTest
    @EnumSource
    void stopWithOnStopCompleteIsTheExceptionAllTheSame(Kind kind) {
        Pod completing = stage.second();
        String call = kind.method + "-completed";
        Told told = hear(completing, kind.method, call);
        stopFrom(pod(), told);
        isAborted(completing, call, "STOPPED");
        isFree(call);
    }

    @ParameterizedTest
    @EnumSource
    void lockLost(Kind kind) {
        String call = kind.method + "-lost";
        hear(pod(), kind.method, call);
        steal(call);
        isAborted(pod(), call, "LOCK_LOST");
        assertThat(stage.holderOf(call)).isEqualTo("thief");
    }

    private static void isAborted(Pod pod, String call, String reason) {
        isTold(pod, call, aborted(reason));
        isCancelledAtItsNextElement(pod, call);
        assertThat(signals(pod, call)).hasSize(1);
    }

    /** All kinds at once, on a pod that is sent SIGTERM. */
    @Test
    void shutdown() {
        Pod leaving = stage.pod();
        for (Kind kind : Kind.values()) {
            hear(leaving, kind.method, kind.method + "-shutdown");
        }
        leaving.terminate();
        leaving.awaitEnd();
        for (Kind kind : Kind.values()) {
            String call = kind.method + "-shutdown";
            isTold(leaving, call, aborted("SHUTDOWN"));
            assertThat(stage.holderOf(call)).as(call).isNull();
        }
    }

    /** By a model that dropped whom it was to answer; one over HTTP holds it as long as its connection is open. */
    @ParameterizedTest
    @CsvSource({"silentTokens, TokenChats#silentTokens(", "silentHandler, TokenChats#silentHandler("})
    void forgotten(String method, String named) {
        enter(pod(), method, method, "drop");
        isFreeOnceForgotten(pod(), method);
        pod().log().awaitContaining("WARN", named, "everybody forgot");
    }
}
