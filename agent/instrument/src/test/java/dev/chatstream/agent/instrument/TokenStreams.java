package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A guarded method that returns a stream of LangChain4j's own, over a model that sends what the test tells it to. */
abstract class TokenStreams {

    /** Nothing of it is guarded. */
    interface Assistant {
        TokenStream chat(@UserMessage String message);
    }

    final Woven woven = Woven.installed();
    final Application application = new Application();
    final Object methods;
    final ScriptedModel model = new ScriptedModel();
    final List<String> told = new CopyOnWriteArrayList<>();

    TokenStreams() throws Exception {
        this.methods = application.create("TokenStreamMethods");
    }

    @AfterEach
    void close() {
        woven.close();
    }

    final TokenStream plain() {
        return AiServices.builder(Assistant.class)
                .streamingChatModel(model)
                .build()
                .chat("hello");
    }

    /** What the caller of the guarded method gets. */
    final TokenStream asked(TokenStream source) throws Exception {
        methods.getClass().getField("next").set(methods, source);
        TokenStream answer = (TokenStream) Application.call(methods, "ask", "c");
        methods.getClass().getField("next").set(methods, null);
        assertThat(answer).isNotSameAs(source);
        return answer;
    }

    final TokenStream asked() throws Exception {
        return asked(plain());
    }

    final TokenStream withConsumers(TokenStream stream) {
        return stream.onPartialResponse(told::add)
                .onCompleteResponse(response -> told.add("complete"))
                .onError(this::tellError);
    }

    final void tellError(Throwable error) {
        told.add(error.getClass().getSimpleName());
    }

    final void complete() {
        model.complete(AiMessage.from("done"));
    }

    final void abort() {
        visit(0).abort(AbortReason.STOPPED);
    }

    final FakeEngine.Visit visit(int number) {
        return woven.engine.visits.get(number);
    }

    /** The first is the outlet's of the method, which is over; the other one the subscription's. */
    final void isOpen() {
        assertThat(visit(0).events.stream().filter("hold"::equals).count()
                        - visit(0).events.stream().filter("released"::equals).count())
                .isEqualTo(1);
    }

    final void isOver() throws Exception {
        Await.until(() -> visit(0).events.stream().filter("released"::equals).count() == 2);
        assertThat(visit(0).events).filteredOn("hold"::equals).hasSize(2);
        assertThat(woven.said()).isEmpty();
    }
}
