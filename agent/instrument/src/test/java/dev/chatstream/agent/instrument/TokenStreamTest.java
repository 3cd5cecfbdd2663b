package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.Entry;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.IllegalConfigurationException;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream is open until LangChain4j's TokenStream")
class TokenStreamTest extends TokenStreams {

    TokenStreamTest() throws Exception {}

    @Test
    void isComplete() throws Exception {
        TokenStream stream = asked();
        assertThat(withConsumers(stream)).as("fluent").isSameAs(stream);
        assertThat(model.calls).as("nothing is asked before the start").isEmpty();
        stream.start();
        model.send("a");
        model.send("b");
        isOpen();
        complete();
        assertThat(told).containsExactly("a", "b", "complete");
        isOver();
    }

    @Test
    void fails() throws Exception {
        withConsumers(asked()).start();
        model.send("a");
        model.fail(new IllegalStateException("its own"));
        assertThat(told).containsExactly("a", "IllegalStateException");
        isOver();
    }

    @Test
    void failsAndItsErrorsAreIgnored() throws Exception {
        asked().onPartialResponse(told::add).ignoreErrors().start();
        model.fail(new IllegalStateException("its own"));
        isOver();
    }

    @Test
    void isCompleteThoughNobodyAskedToBeTold() throws Exception {
        asked().onError(this::tellError).start();
        isOpen();
        complete();
        isOver();
        assertThat(told).isEmpty();
    }

    @Test
    void hasAConsumerThatThrowsWhichIsToldByTheLibrary() throws Exception {
        asked().onPartialResponse(token -> {
                    told.add(token);
                    throw new IllegalArgumentException("the consumer's");
                })
                .onError(this::tellError)
                .start();
        model.send("a");
        isOver();
        model.send("b");
        assertThat(told)
                .as("it goes on as it would without")
                .containsExactly("a", "IllegalArgumentException", "b", "IllegalArgumentException");
    }

    @Test
    void hasConsumersThatItsMethodHasGivenIt() throws Exception {
        TokenStream stream = asked(plain().onPartialResponse(told::add).onError(this::tellError));
        stream.onCompleteResponse(response -> told.add("complete")).start();
        model.send("a");
        complete();
        assertThat(told).containsExactly("a", "complete");
        isOver();
    }

    @Test
    void isConfiguredWronglyWhichItSaysAsItWouldWithout() throws Exception {
        TokenStream stream = asked().onPartialResponse(told::add);
        assertThatThrownBy(stream::start).isInstanceOf(IllegalConfigurationException.class);
        isOver();
        TokenStream twice = asked().onError(this::tellError).onError(this::tellError);
        assertThatThrownBy(twice::start).isInstanceOf(IllegalConfigurationException.class);
    }

    @Test
    void isCancelledByItsConsumer() throws Exception {
        List<StreamingHandle> handles = new ArrayList<>();
        asked().onPartialResponseWithContext((partial, context) -> {
                    told.add(partial.text());
                    handles.add(context.streamingHandle());
                })
                .onError(this::tellError)
                .start();
        model.send("a");
        isOpen();
        handles.get(0).cancel();
        assertThat(model.handle.isCancelled()).isTrue();
        assertThat(handles.get(0).isCancelled()).isTrue();
        isOver();
        model.fail(new IllegalStateException("what some models say of a cancel"));
        abort();
        assertThat(told).containsExactly("a", "IllegalStateException");
    }

    @Test
    void isNotStartedForTooLongAndStartedLater() throws Exception {
        TokenStream stream = withConsumers(asked());
        visit(0).subscriptions.timeOut();
        assertThat(visit(0).events).filteredOn("released"::equals).hasSize(2);
        stream.start();
        assertThat(woven.engine.visits).as("it has taken the lock anew").hasSize(2);
        model.send("a");
        complete();
        Await.until(() -> visit(1).held.isDone());
        assertThat(told).containsExactly("a", "complete");
    }

    @Test
    void isStartedLaterAndItsChatIsBusy() throws Exception {
        TokenStream stream = withConsumers(asked());
        visit(0).subscriptions.timeOut();
        woven.engine.answers(call -> new Entry.Busy("busy", "c", null));
        stream.start();
        assertThat(told).containsExactly("ChatBusyException");
        assertThat(model.calls).isEmpty();
    }

    @Test
    void isStartedLaterAndWaitsForItsChat() throws Exception {
        TokenStream stream = withConsumers(asked());
        CompletableFuture<Void> turn = new CompletableFuture<>();
        visit(0).subscriptions.timeOut();
        visit(0).subscriptions.turn = turn;
        stream.start();
        assertThat(model.calls).isEmpty();
        turn.complete(null);
        Await.until(() -> !model.calls.isEmpty());
        complete();
        assertThat(told).containsExactly("complete");
        Await.until(() -> visit(1).held.isDone());
    }

    @Test
    void isStartedASecondTime() throws Exception {
        TokenStream stream = withConsumers(asked());
        stream.start();
        complete();
        isOver();
        stream.start();
        model.send("again");
        assertThat(woven.engine.visits).hasSize(2);
        complete();
        Await.until(() -> visit(1).held.isDone());
        assertThat(told).containsExactly("complete", "again", "complete");
    }

    @Test
    void isForgotten() throws Exception {
        withConsumers(asked()).start();
        model.calls.clear();
        Await.until(() -> {
            System.gc();
            return !woven.said().isEmpty();
        });
        assertThat(woven.said()).singleElement().asString().contains("TokenStreamMethods#ask", "forgot");
    }

    @Test
    void isOfSomebodysOwn() throws Exception {
        Own own = new Own();
        TokenStream stream = asked(own);
        assertThat(withConsumers(stream)).isSameAs(stream);
        stream.start();
        own.partial.accept("a");
        isOpen();
        own.complete.accept(null);
        assertThat(told).containsExactly("a", "complete");
        isOver();
    }

    /** As far as the interface goes. */
    private static final class Own implements TokenStream {
        private Consumer<String> partial = token -> {};
        private Consumer<ChatResponse> complete = response -> {};

        @Override
        public TokenStream onPartialResponse(Consumer<String> consumer) {
            partial = consumer;
            return this;
        }

        @Override
        public TokenStream onRetrieved(Consumer<List<Content>> consumer) {
            return this;
        }

        @Override
        public TokenStream onToolExecuted(Consumer<ToolExecution> consumer) {
            return this;
        }

        @Override
        public TokenStream onCompleteResponse(Consumer<ChatResponse> consumer) {
            complete = consumer;
            return this;
        }

        @Override
        public TokenStream onError(Consumer<Throwable> consumer) {
            return this;
        }

        @Override
        public TokenStream ignoreErrors() {
            return this;
        }

        @Override
        public void start() {}
    }
}
