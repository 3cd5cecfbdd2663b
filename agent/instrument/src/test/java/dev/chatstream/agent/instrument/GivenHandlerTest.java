package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream is open until the handler that its method was given")
class GivenHandlerTest extends GivenHandlers {

    GivenHandlerTest() throws Exception {}

    @Test
    void isToldThatTheResponseIsComplete() throws Exception {
        ask();
        model.send("a");
        model.send("b");
        isOpen();
        notes.atTheEnd = this::isOpen;
        model.complete("ab");
        assertThat(notes.told).containsExactly("a", "b", "complete");
        isOver();
    }

    @Test
    void isToldOfAnError() throws Exception {
        ask();
        model.send("a");
        notes.atTheEnd = this::isOpen;
        model.fail(new IllegalStateException("its own"));
        assertThat(notes.told).containsExactly("a", "IllegalStateException");
        isOver();
    }

    @Test
    void throwsInItsLastCall() throws Exception {
        ask();
        notes.atTheEnd = () -> {
            throw new IllegalStateException("the consumer's");
        };
        model.complete("a");
        isOver();
    }

    @Test
    void isToldOfItsOwnFailureByTheLibrary() throws Exception {
        ask();
        notes.atPartial = () -> {
            throw new IllegalArgumentException("the consumer's");
        };
        model.send("a");
        assertThat(notes.told).containsExactly("a", "IllegalArgumentException");
        isOver();
        model.send("b");
        assertThat(notes.told).as("goes on as it would without").contains("b");
    }

    @Test
    void cancelsTheModelAndIsToldNothingMore() throws Exception {
        StreamingChatResponseHandler cancelling = new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse token, PartialResponseContext context) {
                notes.told.add(token.text());
                context.streamingHandle().cancel();
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {}

            @Override
            public void onError(Throwable error) {
                notes.told.add("error");
            }
        };
        Application.call(methods, "ask", "c", cancelling);
        model.send("a");
        assertThat(model.handle.isCancelled()).isTrue();
        assertThat(notes.told).containsExactly("a");
        isOver();
        model.fail(new IllegalStateException("what some models say of a cancel"));
        woven.engine.only().abort(AbortReason.STOPPED);
        assertThat(notes.told).containsExactly("a", "error");
        isOver();
    }

    /** A model that brings no handle, as one of the application's own: whoever feeds it gets the exception. */
    @Test
    void isForgotten() throws Exception {
        ask();
        model.calls.clear();
        methods.getClass().getField("got").set(methods, null);
        Await.until(() -> {
            System.gc();
            return woven.engine.only().held.isDone();
        });
        assertThat(woven.said()).singleElement().asString().contains("Handlers#ask", "forgot");
    }

    @Test
    void isCalledInTheMethodItselfWhichReturnsAValueOfItsOwn() throws Exception {
        Object answer = Application.call(methods, "answered", 1L, "c", notes, 2.5, new int[3]);
        assertThat(answer).isEqualTo("1c2.53false");
        isOpen();
        model.complete("a");
        isOver();
    }

    @Test
    void isAmongPrimitivesAndOfAnInterfaceThatExtendsIt() throws Exception {
        Class<?> own = application.type("Handlers$Own");
        Object handler =
                Proxy.newProxyInstance(own.getClassLoader(), new Class<?>[] {own}, (self, method, arguments) -> {
                    notes.told.add(method.getName());
                    return null;
                });
        Object answer = application.callStatic("Handlers", "counted", (byte) 1, true, "c", handler, 2.5f, 'd');
        assertThat(answer).isEqualTo(1 + 1 + 2 + 'd');
        assertThat(notes.told).containsExactly("onPartialResponse", "onCompleteResponse");
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
    }

    @Test
    void isReassignedInItsBody() throws Exception {
        Application.call(methods, "reassigning", "c", notes);
        assertThat(notes.told).containsExactly("c01", "complete");
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c");
    }

    @Test
    void isGivenToAMethodThatThrowsWhichEndsIt() throws Exception {
        assertThatThrownBy(() -> Application.call(methods, "throwing", "c", notes))
                .isExactlyInstanceOf(IOException.class);
        assertThat(woven.engine.only().events).containsExactly("hold", "released", "fail");
        methods.getClass().getField("got").set(methods, null);
        System.gc();
        assertThat(woven.said()).isEmpty();
    }

    @Test
    void isStillFollowedWhenItsMethodHasBeenRetransformed() throws Exception {
        ask();
        Woven.INSTRUMENTATION.retransformClasses(methods.getClass());
        model.complete("a");
        isOver();
        Application.call(methods, "ask", "d", notes);
        assertThat(woven.engine.visits.get(1).events).containsExactly("hold", "leave");
        model.complete("b");
        assertThat(woven.engine.visits.get(1).held).isDone();
    }

    @Test
    void isNotThere() throws Exception {
        Object answer = Application.call(methods, "answered", 1L, "c", null, 2.5, new int[3]);
        assertThat(answer).isEqualTo("1c2.53true");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void isDeclaredAsAClassWhichIsSaid() throws Exception {
        Object named = application.create("Handlers$Named");
        Object narrow = application.create("Handlers$Narrow");
        Application.call(narrow, "narrow", "c", named);
        assertThat(narrow.getClass().getField("got").get(narrow)).isSameAs(named);
        assertThat(woven.engine.only().events).containsExactly("leave");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("Handlers$Narrow#narrow(String, Named)", "detach()");
    }

    @Test
    void isGivenToAProxyThatPassesItOn() throws Exception {
        Class<?> service = application.type("Handlers$Service");
        Object proxy = Proxy.newProxyInstance(application, new Class<?>[] {service}, (self, method, arguments) -> {
            model.chat("hello", (StreamingChatResponseHandler) arguments[1]);
            return null;
        });
        service.getMethod("ask", String.class, StreamingChatResponseHandler.class)
                .invoke(proxy, "c", notes);
        isOpen();
        model.complete("a");
        assertThat(notes.told).containsExactly("complete");
        isOver();
    }
}
