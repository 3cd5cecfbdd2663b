package dev.chatstream.it.apps;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStreams;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher sends: the test asks for each signal, and is told when somebody begins to listen and when that is let go
 * of before its end. The last who began is the one that is spoken to.
 */
public final class Source {

    /** How one subscription is spoken to. */
    public interface Tap {
        void next(String token);

        void fail(Throwable failure);

        void done();

        static Tap of(Consumer<String> next, Consumer<Throwable> fail, Runnable done) {
            return new Tap() {
                @Override
                public void next(String token) {
                    next.accept(token);
                }

                @Override
                public void fail(Throwable failure) {
                    fail.accept(failure);
                }

                @Override
                public void done() {
                    done.run();
                }
            };
        }
    }

    /** One subscription. A library may call {@link #letGo} at the end too, and again. */
    public static final class Run {

        private final Source source;

        /** Null: it is over. */
        private final AtomicReference<@Nullable Tap> tap = new AtomicReference<>();

        private Run(Source source) {
            this.source = source;
        }

        /** Somebody listens from now on. */
        public void begin(Tap to) {
            tap.set(to);
            source.last = this;
            Desk.say("started", source.name, stream());
        }

        /** Nobody listens any more. */
        public void letGo() {
            if (tap.getAndSet(null) != null) {
                Desk.say(
                        "cancelled", source.name, "on " + Thread.currentThread().getName());
            }
        }

        private Tap taken() {
            Tap taken = tap.getAndSet(null);
            if (taken == null) {
                throw new IllegalStateException(source.name + " is over");
            }
            return taken;
        }
    }

    private static final Map<String, Source> SOURCES = new ConcurrentHashMap<>();

    private final String name;
    private volatile @Nullable Run last;

    private Source(String name) {
        this.name = name;
    }

    /** The one that answers this call. */
    public static Source of(String call) {
        return SOURCES.computeIfAbsent(call, Source::new);
    }

    /** A subscription is made. */
    public Run run() {
        return new Run(this);
    }

    /** Whether the test spoke to it; null: it asked for something else. */
    public static @Nullable Object reply(String question, String call) {
        Supplier<Run> run = () -> {
            Run last = of(call).last;
            if (last == null) {
                throw new IllegalStateException("nobody listens to " + call);
            }
            return last;
        };
        switch (question) {
            case "next" -> next(run.get());
            case "fail" -> run.get().taken().fail(new IllegalStateException("own"));
            case "done" -> run.get().taken().done();
            case "value" -> run.get().taken().next("value");
            case "forget" -> SOURCES.remove(call);
            default -> {
                return null;
            }
        }
        return question + " sent";
    }

    private static void next(Run run) {
        Tap tap = run.tap.get();
        if (tap == null) {
            throw new IllegalStateException(run.source.name + " is over");
        }
        tap.next("token");
    }

    /** What the calling code sees of its stream. */
    public static String stream() {
        return ChatStreams.current().map(Source::told).orElse("unguarded");
    }

    private static String told(ActiveStream stream) {
        return stream.streamId() + " holds " + stream.holdsLock() + " fence " + stream.fence() + " chat ["
                + stream.chatId() + "] aborted "
                + stream.abortReason().map(Enum::name).orElse("no");
    }
}
