package dev.chatstream.it.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Told;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that Spring MVC runs on another thread: {@code StreamingResponseBody}, {@code Callable}, {@code WebAsyncTask}. */
abstract class BodyCells extends MvcCells {

    private static boolean isWritten(String shape) {
        return List.of("body", "entityBody").contains(shape);
    }

    /** Both lines that a call says: from its method, and from what that returned. */
    private Told running(String call) {
        Told told = entered(call);
        assertThat(said("running", call)).as("current() in the body").startsWith(told.streamId() + " holds true");
        return told;
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "entityBody", "callable", "task"})
    void done(String shape) {
        String call = shape + "-done";
        Visitor visitor = visit(shape, call, "");
        Told told = running(call);
        pod().tell("word", call, "one");
        if (isWritten(shape)) {
            visitor.sees("one");
        }
        isHeld(call, told);
        pod().tell("word", call, "two");
        pod().tell("end", call);
        assertThat(visitor.toTheEnd()).contains("one", "two", shape.equals("entityBody") ? " 202 " : " 200 ");
        assertThat(visitor.toTheEnd().contains("X-Own: kept")).isEqualTo(shape.equals("entityBody"));
        isFree(call);
        assertNoWarning(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "entityBody", "callable", "task"})
    void failed(String shape) {
        String call = shape + "-failed";
        Visitor visitor = visit(shape, call, "");
        running(call);
        pod().tell("word", call, "one");
        if (isWritten(shape)) {
            visitor.sees("one");
        }
        pod().tell("fail", call);
        if (isWritten(shape)) {
            assertThat(visitor.sawItsEnd()).isFalse();
        } else {
            assertThat(visitor.toTheEnd()).contains(" 500 ", "failed own");
        }
        isFree(call);
    }

    /** The body sees it by itself, so nobody aborts it. */
    @ParameterizedTest
    @ValueSource(strings = {"body", "entityBody"})
    void clientGone(String shape) {
        String call = shape + "-gone";
        Visitor visitor = visit(shape, call, "");
        running(call);
        pod().tell("word", call, "one");
        visitor.sees("one").leaves();
        pod().tell("flood", call);
        assertThat(said("ran", call)).contains("AsyncRequestNotUsableException");
        isFree(call);
    }

    /** Spring itself interrupts the thread. */
    @Test
    void timedOut() {
        Visitor visitor = visit("task", "task-late", "&timeout=1500");
        Told told = pod().entered("task-late"); // nobody knows how long it holds its lock
        assertThat(said("running", "task-late")).startsWith(told.streamId() + " holds true");
        assertThat(visitor.toTheEnd()).contains(" 200 ", "late");
        assertThat(said("ran", "task-late")).isEqualTo("interrupted");
        assertThat(said("own", "task-late")).isEqualTo("timeout");
        assertThat(said("own", "task-late")).isEqualTo("completion");
        isFree("task-late");
    }

    @Test
    void neverConsumed() {
        Pod impatient = stage().pod(stage().plan().with("subscribe-timeout", "300ms"));
        for (String shape : List.of("body", "entityBody", "callable", "task")) {
            String call = shape + "-dropped";
            visit(impatient, "/dropped?call=" + call + "&chat=" + call + "&shape=" + shape)
                    .sees("dropped");
            Told told = impatient.entered(call);
            isFree(call);
            impatient.log().awaitContaining("WARN", told.streamId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "entityBody", "callable", "task"})
    void stopFromAnotherPod(String shape) {
        String call = shape + "-stopped";
        Visitor visitor = visit(shape, call, "");
        Told told = running(call);
        pod().tell("word", call, "one");
        if (isWritten(shape)) {
            visitor.sees("one");
        }
        stopElsewhere(told);
        assertThat(pod().aborted(call)).isEqualTo("STOPPED");
        endsInterrupted(shape, call, visitor);
        isFree(call);
    }

    private void endsInterrupted(String shape, String call, Visitor visitor) {
        assertThat(said("ran", call)).isEqualTo("interrupted");
        if (isWritten(shape)) {
            assertThat(visitor.sawItsEnd()).isFalse();
        } else {
            assertThat(visitor.toTheEnd()).contains(" 500 ", "failed interrupted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "entityBody", "callable", "task"})
    void lockLost(String shape) {
        String call = shape + "-lost";
        Visitor visitor = visit(shape, call, "");
        running(call);
        pod().tell("word", call, "one");
        if (isWritten(shape)) {
            visitor.sees("one");
        }
        steal(call);
        assertThat(pod().aborted(call)).isEqualTo("LOCK_LOST");
        endsInterrupted(shape, call, visitor);
        assertThat(stage().holderOf(call)).isEqualTo("thief");
    }
}
