package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A method that is given a handler of LangChain4j's, a model that calls it, and what became of the stream. */
abstract class GivenHandlers {

    /** Keeps what it is told; is called through its interface only. */
    static final class Notes implements StreamingChatResponseHandler {
        final List<String> told = new CopyOnWriteArrayList<>();
        Runnable atPartial = () -> {};
        Runnable atTheEnd = () -> {};

        @Override
        public void onPartialResponse(String token) {
            told.add(token);
            atPartial.run();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            told.add("complete");
            atTheEnd.run();
        }

        @Override
        public void onError(Throwable error) {
            told.add(error.getClass().getSimpleName());
            atTheEnd.run();
        }
    }

    final Woven woven = Woven.installed();
    final Application application = new Application();
    final Object methods;
    final ScriptedModel model = new ScriptedModel();
    final Notes notes = new Notes();

    GivenHandlers() throws Exception {
        this.methods = application.create("Handlers");
        methods.getClass().getField("model").set(methods, model);
    }

    @AfterEach
    void close() {
        woven.close();
    }

    void ask() throws Exception {
        Application.call(methods, "ask", "c", notes);
        isOpen();
    }

    void abort() {
        woven.engine.visits.forEach(visit -> visit.abort(AbortReason.STOPPED));
    }

    void isOpen() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
    }

    void isOver() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThat(woven.said()).isEmpty();
    }
}
