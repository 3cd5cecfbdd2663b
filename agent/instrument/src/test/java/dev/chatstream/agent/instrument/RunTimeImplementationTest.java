package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An annotated interface whose implementation is made at run time")
class RunTimeImplementationTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();
    private final ScriptedModel model = new ScriptedModel();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void byLangChain4jAnswersWithText() throws Exception {
        assertThat(Application.call(assistant(), "ask", "c", "hello")).isEqualTo("the answer");
        assertThat(woven.engine.calls()).singleElement().asString().endsWith("#ask(String, String) c");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void byLangChain4jIsRefused() throws Exception {
        Object assistant = assistant();
        woven.engine.answers(call -> new Entry.Busy("busy", "c", null));
        assertThatThrownBy(() -> Application.call(assistant, "ask", "c", "hello"))
                .isExactlyInstanceOf(ChatBusyException.class);
    }

    @Test
    void byLangChain4jAnswersWithTokens() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        TokenStream stream = (TokenStream) Application.call(assistant(), "stream", "c", "hello");
        stream.onPartialResponse(told::add)
                .onCompleteResponse(response -> told.add("complete"))
                .onError(error -> told.add(error.getClass().getSimpleName()))
                .start();
        model.send("a");
        assertThat(released()).as("the method alone").isEqualTo(1);
        model.complete("a");
        Await.until(() -> released() == 2);
        assertThat(told).containsExactly("a", "complete");
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c");
    }

    @Test
    void byLangChain4jIsAborted() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        TokenStream stream = (TokenStream) Application.call(assistant(), "stream", "c", "hello");
        stream.onError(error -> told.add(error.getClass().getSimpleName())).start();
        woven.engine.only().abort(AbortReason.STOPPED);
        model.send("a");
        assertThat(told).containsExactly("ChatAbortedException");
        assertThat(model.handle.isCancelled()).isTrue();
    }

    @Test
    void byLangChain4jHasMethodsThatAreNotGuarded() throws Exception {
        assertThat(Application.call(assistant(), "hello", "hello")).isEqualTo("the answer");
        assertThat(woven.engine.visits).isEmpty();
    }

    @Test
    void byAnybodyReturnsAStream() throws Exception {
        Object other = proxy((self, method, arguments) -> Stream.of("a", "b"));
        Stream<?> stream = (Stream<?>) Application.call(other, "stream", "c");
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
        woven.engine.only().abort(AbortReason.STOPPED);
        assertThatThrownBy(stream::toList).isInstanceOf(ChatAbortedException.class);
        assertThat(woven.engine.only().held).isDone();
    }

    @Test
    void byAnybodyReturnsAFuture() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Object other = proxy((self, method, arguments) -> future);
        assertThat(Application.call(other, "future", "c")).isSameAs(future);
        assertThat(woven.engine.only().held).isNotDone();
        future.complete("done");
        assertThat(woven.engine.only().held).isDone();
    }

    @Test
    void byAnybodyReturnsAPrimitive() throws Exception {
        Object other = proxy((self, method, arguments) -> arguments.length);
        assertThat(Application.call(other, "count", "c", 1L, 2.0)).isEqualTo(3);
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void byAnybodyThrowsWhatItDeclares() throws Exception {
        Object other = proxy((self, method, arguments) -> {
            throw new IOException("its own");
        });
        assertThatThrownBy(() -> Application.call(other, "stream", "c")).isExactlyInstanceOf(IOException.class);
        assertThat(woven.engine.only().events).containsExactly("fail");
    }

    /** The inner call joins the outer one, which both guards make of one and the same thread. */
    @Test
    void byAnybodyPassesADefaultMethodOn() throws Exception {
        Object other = proxy(InvocationHandler::invokeDefault);
        assertThat(Application.call(other, "asDefault", "c")).isEqualTo("default c");
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "c");
    }

    private long released() {
        return woven.engine.only().events.stream().filter("released"::equals).count();
    }

    private Object proxy(InvocationHandler handler) {
        Class<?> type = application.type("Assistant$Other");
        return Proxy.newProxyInstance(application, new Class<?>[] {type}, handler);
    }

    private Object assistant() {
        return AiServices.builder(application.type("Assistant"))
                .chatModel(new ChatModel() {
                    @Override
                    public ChatResponse doChat(ChatRequest request) {
                        return ChatResponse.builder()
                                .aiMessage(AiMessage.from("the answer"))
                                .build();
                    }
                })
                .streamingChatModel(model)
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
                .build();
    }
}
