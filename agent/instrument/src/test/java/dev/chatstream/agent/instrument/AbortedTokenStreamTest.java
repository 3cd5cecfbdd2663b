package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("LangChain4j's TokenStream that is aborted")
class AbortedTokenStreamTest extends TokenStreams {

    AbortedTokenStreamTest() throws Exception {}

    @Test
    void isToldAtOnceAndItsModelCancelledAtTheNextEvent() throws Exception {
        withConsumers(asked()).start();
        model.send("a");
        abort();
        assertThat(told).containsExactly("a", "ChatAbortedException");
        isOver();
        model.send("b");
        assertThat(model.handle.isCancelled()).isTrue();
        model.fail(new IllegalStateException("what some models say of a cancel"));
        complete();
        assertThat(told).containsExactly("a", "ChatAbortedException");
    }

    @Test
    void isCancelledFromTheSideWhereNoFurtherEventComes() throws Exception {
        withConsumers(asked()).start();
        model.send("a");
        abort();
        Await.until(model.handle::isCancelled);
        assertThat(model.sent).isEqualTo(1);
    }

    @Test
    void isCancelledThoughNobodyHearsItsTokens() throws Exception {
        asked().onCompleteResponse(response -> told.add("complete"))
                .onError(this::tellError)
                .start();
        abort();
        assertThat(told).containsExactly("ChatAbortedException");
        model.send("a");
        assertThat(model.handle.isCancelled()).isTrue();
    }

    @Test
    void isToldNobodyWhereErrorsAreIgnored() throws Exception {
        asked().onPartialResponse(told::add).ignoreErrors().start();
        abort();
        model.send("a");
        assertThat(told).isEmpty();
        assertThat(model.handle.isCancelled()).isTrue();
        isOver();
    }

    @Test
    void isToldAfterTheTokenThatIsOnItsWay() throws Exception {
        asked().onPartialResponse(token -> {
                    abort();
                    told.add(token);
                })
                .onError(this::tellError)
                .start();
        model.send("a");
        assertThat(told).containsExactly("a", "ChatAbortedException");
        isOver();
    }

    @Test
    void isToldOfNothingInItsLastSignal() throws Exception {
        asked().onCompleteResponse(response -> {
                    told.add("complete");
                    abort();
                })
                .onError(this::tellError)
                .start();
        complete();
        assertThat(told).containsExactly("complete");
        isOver();
    }

    @Test
    void isNotAskedAgainAfterATool() throws Exception {
        Tools tools = new Tools();
        asked(AiServices.builder(Assistant.class)
                        .streamingChatModel(model)
                        .tools(tools)
                        .build()
                        .chat("hello"))
                .onError(this::tellError)
                .start();
        abort();
        model.complete(AiMessage.from(ToolExecutionRequest.builder()
                .id("1")
                .name("look")
                .arguments("{}")
                .build()));
        assertThat(model.calls).hasSize(1);
        assertThat(tools.looked).isZero();
        assertThat(told).containsExactly("ChatAbortedException");
    }

    /** What the model may call. */
    static final class Tools {
        int looked;

        @Tool
        String look() {
            looked++;
            return "seen";
        }
    }

    /** A complete response would have to be made up. */
    @Test
    void isToldByTheExceptionWhereOthersComplete() throws Exception {
        methods.getClass().getField("next").set(methods, plain());
        withConsumers((TokenStream) Application.call(methods, "completing", "c"))
                .start();
        abort();
        assertThat(told).containsExactly("ChatAbortedException");
        isOver();
    }

    @RepeatedTest(300)
    void isToldOneThingWhereItMeetsTheLastSignal() throws Exception {
        withConsumers(asked()).start();
        Race.of(
                () -> {
                    model.send("a");
                    complete();
                },
                this::abort);
        assertThat(told).filteredOn(one -> !one.equals("a")).hasSize(1);
        assertThat(told.indexOf("a")).isLessThan(1);
        isOver();
    }
}
