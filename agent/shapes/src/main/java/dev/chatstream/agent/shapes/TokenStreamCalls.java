package dev.chatstream.agent.shapes;

import dev.chatstream.agent.shapes.StandIns.Call;
import dev.chatstream.agent.shapes.StandIns.Interceptor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the stand-in of one {@code TokenStream} does. Its consumers are told by way of the run that is under way. */
final class TokenStreamCalls implements Interceptor {

    /** Stands for a consumer, or where there is none. */
    static final class Heard implements Consumer<Object>, BiConsumer<Object, Object> {

        /** How one thing is told; whether that is an event or the end is for the run. */
        private interface Way {
            void tell(TokenStreamRun run, @Nullable Object context, Runnable telling);
        }

        private final TokenStreamCalls calls;
        private final Way way;
        private final @Nullable Object consumer;
        private final boolean ofText;

        private Heard(TokenStreamCalls calls, Way way, @Nullable Object consumer, boolean ofText) {
            this.calls = calls;
            this.way = way;
            this.consumer = consumer;
            this.ofText = ofText;
        }

        @Override
        public void accept(Object what) {
            tell(what, null);
        }

        @Override
        public void accept(Object what, Object context) {
            tell(what, context);
        }

        private void tell(Object what, @Nullable Object context) {
            TokenStreamRun run = calls.run;
            if (run == null) {
                handOver(what, context);
            } else {
                way.tell(run, context, () -> handOver(what, heard(run, context)));
            }
        }

        private @Nullable Object heard(TokenStreamRun run, @Nullable Object context) {
            return context != null && consumer instanceof BiConsumer ? run.heard(context) : context;
        }

        @SuppressWarnings("unchecked") // it was given for this
        private void handOver(Object what, @Nullable Object context) {
            Object told = ofText ? calls.text(what) : what;
            switch (consumer) {
                case null -> {}
                case Consumer<?> one -> ((Consumer<Object>) one).accept(told);
                case BiConsumer<?, ?> two -> ((BiConsumer<Object, @Nullable Object>) two).accept(told, context);
                default -> throw new IllegalStateException(consumer.toString());
            }
        }
    }

    private final TokenStreamSlots slots;
    private final Handles handles;
    private final NamedMethod text;
    private final Publication publication;
    private volatile @Nullable TokenStreamRun run;
    /** Who is told of an abort. */
    private volatile @Nullable Heard errorConsumer;

    TokenStreamCalls(TokenStreamSlots slots, Handles handles, NamedMethod text, Publication publication) {
        this.slots = slots;
        this.handles = handles;
        this.text = text;
        this.publication = publication;
    }

    @Override
    public @Nullable Object intercept(Call call) throws Throwable {
        if (call.name().equals("start") && call.arguments().length == 0) {
            start(call);
            return null;
        }
        if (slots.areOf(call.source()) || call.arguments().length != 1 || !isConsumer(call.arguments()[0])) {
            return call.proceed();
        }
        Object consumer = call.arguments()[0];
        return call.proceed(new Object[] {
            switch (call.name()) {
                case "onCompleteResponse" -> complete(consumer);
                case "onError" -> error(consumer);
                default -> event(consumer);
            }
        });
    }

    private static boolean isConsumer(@Nullable Object argument) {
        return argument instanceof Consumer || argument instanceof BiConsumer;
    }

    private void start(Call call) throws Throwable {
        if (slots.areOf(call.source())) {
            slots.exchange(call.source(), this);
        }
        new TokenStreamRun(publication, handles, this, call).begin();
    }

    /** From now on consumers are told by way of this run: an earlier one of the same stream is over, or has no chat to itself. */
    void begins(TokenStreamRun started) {
        run = started;
    }

    Heard event(@Nullable Object consumer) {
        return new Heard(this, TokenStreamRun::event, consumer, false);
    }

    /** For a consumer of the text alone, in place of one of the text and what comes with it. */
    Heard textEvent(Object consumer) {
        return new Heard(this, TokenStreamRun::event, consumer, true);
    }

    Heard complete(@Nullable Object consumer) {
        return new Heard(this, TokenStreamRun::end, consumer, false);
    }

    Heard error(Object consumer) {
        Heard heard = new Heard(this, TokenStreamRun::end, consumer, false);
        errorConsumer = heard;
        return heard;
    }

    /** Where there is no consumer of errors: an abort is told to nobody. */
    Heard ignoredErrors(Consumer<Throwable> say) {
        return new Heard(this, TokenStreamRun::end, say, false);
    }

    void tellOfError(Throwable failure) {
        Heard heard = errorConsumer;
        if (heard != null) {
            heard.handOver(failure, null);
        }
    }

    private @Nullable Object text(Object partial) {
        try {
            return text.call(partial);
        } catch (Throwable impossible) {
            throw Feed.<RuntimeException>unchecked(impossible);
        }
    }
}
