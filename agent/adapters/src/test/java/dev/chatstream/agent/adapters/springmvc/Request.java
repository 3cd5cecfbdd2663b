package dev.chatstream.agent.adapters.springmvc;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.adapters.Await;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.DeferredResultMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitterReturnValueHandler;

/** A request that Spring MVC leaves open, of which the test is the container. */
final class Request {

    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final ResponseToClient response = new ResponseToClient();
    private final WebAsyncManager manager;

    /** To a client that may leave: from then on each write fails. */
    private static final class ResponseToClient extends MockHttpServletResponse {
        private volatile boolean isLeft;

        @Override
        public ServletOutputStream getOutputStream() {
            return new DelegatingServletOutputStream(new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    if (isLeft) {
                        throw new IOException("Connection reset by peer");
                    }
                    super.write(one);
                }
            });
        }
    }

    Request() {
        request.setAsyncSupported(true);
        manager = WebAsyncUtils.getAsyncManager(request);
        manager.setAsyncWebRequest(WebAsyncUtils.createAsyncWebRequest(request, response));
    }

    static Request of(ResponseBodyEmitter returned) throws Exception {
        Request made = new Request();
        made.isGiven(returned);
        return made;
    }

    void isGiven(ResponseBodyEmitter returned) throws Exception {
        new ResponseBodyEmitterReturnValueHandler(List.of(new StringHttpMessageConverter()))
                .handleReturnValue(returned, declared("emitter"), new ModelAndViewContainer(), web());
    }

    static Request of(DeferredResult<?> returned) throws Exception {
        Request made = new Request();
        new DeferredResultMethodReturnValueHandler()
                .handleReturnValue(returned, declared("deferred"), new ModelAndViewContainer(), made.web());
        return made;
    }

    private static MethodParameter declared(String name) throws NoSuchMethodException {
        Method method = Request.class.getDeclaredMethod(name);
        return new MethodParameter(method, -1);
    }

    /** As a dispatcher has it: with a response that Spring refuses to write to once a write has failed. */
    private NativeWebRequest web() {
        return requireNonNull(manager.getAsyncWebRequest());
    }

    void clientLeaves() {
        response.isLeft = true;
    }

    @Nullable
    ResponseBodyEmitter emitter() {
        return null;
    }

    @Nullable
    DeferredResult<String> deferred() {
        return null;
    }

    /** What Spring is to go on with: a value, or an exception; {@code none} before there is one. */
    @Nullable
    Object result() {
        return manager.hasConcurrentResult() ? manager.getConcurrentResult() : "none";
    }

    String written() throws UnsupportedEncodingException {
        return response.getContentAsString();
    }

    /** Until the agent has seen that Spring has it, and is told of its end. */
    static void isObserved(ResponseBodyEmitter emitter) throws Exception {
        Object handler = requireNonNull(ReflectionTestUtils.getField(emitter, "handler"));
        if (Proxy.isProxyClass(handler.getClass())) {
            handler = requireNonNull(ReflectionTestUtils.getField(Proxy.getInvocationHandler(handler), "theirs"));
        }
        isObserved((DeferredResult<?>) requireNonNull(ReflectionTestUtils.getField(handler, "deferredResult")));
    }

    static void isObserved(DeferredResult<?> result) throws Exception {
        Await.until("the agent is told of the end", () -> {
            Object callback = ReflectionTestUtils.getField(result, "completionCallback");
            return callback != null && callback.getClass().getName().contains("Chained");
        });
    }

    /** The container is done with it. */
    void completes() {
        context().complete();
    }

    void timesOut() throws Exception {
        for (AsyncListener listener : context().getListeners()) {
            listener.onTimeout(new AsyncEvent(context()));
        }
    }

    void fails(Throwable failure) throws Exception {
        for (AsyncListener listener : context().getListeners()) {
            listener.onError(new AsyncEvent(context(), failure));
        }
    }

    private MockAsyncContext context() {
        return (MockAsyncContext) request.getAsyncContext();
    }
}
