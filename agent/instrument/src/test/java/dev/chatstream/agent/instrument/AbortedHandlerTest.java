package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("The handler that an aborted method was given")
class AbortedHandlerTest extends GivenHandlers {

    AbortedHandlerTest() throws Exception {}

    @Test
    void isToldOfAnAbortAtOnceAndItsModelCancelledAtTheNextEvent() throws Exception {
        ask();
        model.send("a");
        abort();
        assertThat(notes.told).containsExactly("a", "ChatAbortedException");
        isOver();
        model.send("b");
        assertThat(model.handle.isCancelled()).isTrue();
        model.fail(new IllegalStateException("what some models say of a cancel"));
        model.complete("ab");
        assertThat(notes.told).containsExactly("a", "ChatAbortedException");
    }

    @Test
    void isAbortedBeforeTheFirstEvent() throws Exception {
        ask();
        abort();
        assertThat(notes.told).containsExactly("ChatAbortedException");
        model.send("a");
        assertThat(model.handle.isCancelled()).isTrue();
        assertThat(notes.told).hasSize(1);
        isOver();
    }

    @Test
    void isAbortedAndNoFurtherEventComes() throws Exception {
        ask();
        model.send("a");
        abort();
        Await.until(model.handle::isCancelled);
        assertThat(model.sent).isEqualTo(1);
    }

    @Test
    void isAbortedWhileItIsCalledAndToldAfterThat() throws Exception {
        ask();
        notes.atPartial = () -> {
            abort();
            assertThat(notes.told).containsExactly("a");
            isOpen();
        };
        model.send("a");
        assertThat(notes.told).containsExactly("a", "ChatAbortedException");
        isOver();
    }

    @Test
    void isAbortedInItsLastCallWhichThenIsTheLast() throws Exception {
        ask();
        notes.atTheEnd = this::abort;
        model.complete("a");
        assertThat(notes.told).containsExactly("complete");
        isOver();
    }

    @Test
    void throwsWhenItIsToldOfTheAbort() throws Exception {
        ask();
        notes.atTheEnd = () -> {
            throw new IllegalStateException("the consumer's");
        };
        abort();
        assertThat(notes.told).containsExactly("ChatAbortedException");
        isOver();
    }

    /** Its thread is interrupted by the abort, and may be faster than what tells the handler. */
    @Test
    void isToldThoughTheMethodThatWasInterruptedHasThrownBefore() throws Exception {
        methods.getClass().getField("model").set(methods, new StreamingChatModel() {
            @Override
            public void chat(String message, StreamingChatResponseHandler handler) {
                woven.engine.only().stream().reason = Optional.of(AbortReason.STOPPED);
                throw new IllegalStateException("interrupted");
            }
        });
        assertThatThrownBy(() -> Application.call(methods, "ask", "c", notes)).hasMessage("interrupted");
        assertThat(notes.told).isEmpty();
        abort();
        assertThat(notes.told).containsExactly("ChatAbortedException");
        assertThat(woven.engine.only().events).containsExactly("hold", "fail", "released");
    }

    @Test
    void isAbortedWithoutAHandle() throws Exception {
        ask();
        abort();
        StreamingChatResponseHandler given = model.calls.get(0);
        assertThatThrownBy(() -> given.onPartialResponse("a")).isInstanceOf(ChatAbortedException.class);
        model.sendWithoutHandle("b");
        assertThat(notes.told).containsExactly("ChatAbortedException");
    }

    /** A complete response would have to be made up. The inner call is given what stands for the handler already. */
    @Test
    void isToldOfAStopByTheExceptionWhereOthersComplete() throws Exception {
        Application.call(methods, "completing", "c", notes);
        abort();
        assertThat(notes.told).containsExactly("ChatAbortedException");
        assertThat(woven.engine.visits)
                .hasSize(2)
                .allSatisfy(visit -> assertThat(visit.events).containsExactly("hold", "leave", "released"));
    }

    @RepeatedTest(300)
    void isToldOneThingWhereAnAbortMeetsTheLastCall(RepetitionInfo repetition) throws Exception {
        ask();
        boolean completes = repetition.getCurrentRepetition() % 2 == 0;
        Race.of(
                () -> {
                    model.send("a");
                    if (completes) {
                        model.complete("a");
                    } else {
                        model.fail(new IllegalStateException("its own"));
                    }
                },
                this::abort);
        assertThat(notes.told).filteredOn(told -> !told.equals("a")).hasSize(1);
        assertThat(notes.told.indexOf("a")).isLessThan(1);
        isOver();
    }
}
