package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.shapes.StandIns.Call;
import dev.chatstream.agent.shapes.StandIns.Interceptor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's {@code StreamingChatResponseHandler}, given as a parameter: the method's body gets one that stands for it,
 * over with its last call. An abort is told by {@code onError} at once; the model is cancelled at its next event, since only
 * that brings a handle to do it by.
 */
final class HandlerShape implements Shape {

    private static final Set<String> LAST = Set.of("onCompleteResponse", "onComplete", "onError");

    private final StandIns standIns;
    private final Handles handles;
    private final NamedMethod onError;

    HandlerShape(StandIns standIns, Openings openings) {
        this.standIns = standIns;
        this.handles = new Handles(standIns, openings);
        this.onError = new NamedMethod("onError", 1, openings);
    }

    @Override
    public List<String> types() {
        return List.of(
                "dev.langchain4j.model.chat.response.StreamingChatResponseHandler",
                "dev.langchain4j.model.StreamingResponseHandler");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared) && onError.isOf(value);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Listening listening = new Listening(value, outlet);
        Object standIn = standIns.of(value, listening);
        if (standIn == null) {
            throw new IllegalStateException("nothing can stand for " + value.getClass());
        }
        outlet.onAbortFor(listening, Listening::abort);
        outlet.endIfForgotten(listening);
        return standIn;
    }

    /** What the stand-in does; the stream holds it weakly. */
    private final class Listening implements Interceptor {
        private final Object handler;
        private final Outlet outlet;
        private final Telling telling = new Telling();
        private final Stopping stopping = Stopping.atNextElementOrLater();
        private volatile @Nullable Object context;
        private volatile @Nullable RuntimeException aborted;

        Listening(Object handler, Outlet outlet) {
            this.handler = handler;
            this.outlet = outlet;
        }

        @Override
        public @Nullable Object intercept(Call call) throws Throwable {
            if (LAST.contains(call.name())) {
                return last(call);
            }
            return call.name().startsWith("on") ? event(call) : call.proceed();
        }

        private @Nullable Object event(Call call) throws Throwable {
            Object brought = handles.in(call.arguments());
            if (!telling.begins()) {
                stop(brought);
                return null;
            }
            try {
                return brought == null ? call.proceed() : call.proceed(heard(call.arguments(), brought));
            } finally {
                telling.left();
            }
        }

        private Object[] heard(Object[] arguments, Object brought) {
            context = brought;
            Object[] heard = arguments.clone();
            heard[heard.length - 1] = handles.heard(brought, this::cancelled);
            return heard;
        }

        /** By whoever is told, who wants to hear no more; what the model says all the same reaches it as it would without. */
        private void cancelled() {
            if (telling.endBegins()) {
                telling.left();
                outlet.end();
            }
        }

        private @Nullable Object last(Call call) throws Throwable {
            if (!telling.endBegins()) {
                return null; // it was told of the abort
            }
            try {
                return call.proceed();
            } finally {
                telling.left();
                outlet.end();
            }
        }

        /** An event that nobody is told of: by a handle, or else by an exception, whoever feeds it is to send no more. */
        private void stop(@Nullable Object brought) {
            boolean unused = stopping.claim();
            RuntimeException exception = aborted;
            if (!handles.cancel(brought) && exception != null) {
                throw exception;
            }
        }

        void abort(AbortReason reason) {
            RuntimeException exception = outlet.exception(reason);
            aborted = exception;
            if (telling.abort(() -> tell(exception))) {
                stopping.fromTheSide(() -> {
                    boolean unused = handles.cancel(context);
                });
            }
        }

        private void tell(RuntimeException exception) {
            try {
                Object unused = onError.call(handler, exception);
            } catch (Throwable itsOwn) {
                // there is nobody else to tell
            } finally {
                outlet.end();
            }
        }
    }
}
