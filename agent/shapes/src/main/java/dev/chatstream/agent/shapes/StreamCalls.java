package dev.chatstream.agent.shapes;

import dev.chatstream.agent.shapes.StandIns.Call;
import dev.chatstream.agent.shapes.StandIns.Interceptor;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of calls of a {@code java.util.stream}: intermediate operations give the next stream, a terminal one is the end. */
final class StreamCalls implements Interceptor {
    private static final Set<String> SETTINGS =
            Set.of("sequential", "parallel", "unordered", "onClose", "isParallel", "toString");

    /** Operations that may be done before the source is. */
    private static final Set<String> CUTTING =
            Set.of("limit", "takeWhile", "findFirst", "findAny", "anyMatch", "allMatch", "noneMatch");

    private final Pulls pulls;
    private final Feed feed;
    private final boolean checked;
    private final boolean cut;
    private final Object reader;

    /** Whether an operation was called before: the JDK refuses another one. */
    private final AtomicBoolean used = new AtomicBoolean();

    /**
     * @param checked whether a stage before it looks at the feed already
     * @param cut whether a stage before it takes not all that there is
     * @param reader the same for all stages after one stream
     */
    private StreamCalls(Pulls pulls, Feed feed, boolean checked, boolean cut, Object reader) {
        this.pulls = pulls;
        this.feed = feed;
        this.checked = checked;
        this.cut = cut;
        this.reader = reader;
    }

    static StreamCalls of(Pulls pulls, Feed feed, Object reader) {
        return new StreamCalls(pulls, feed, false, false, reader);
    }

    @Override
    public @Nullable Object intercept(Call call) throws Throwable {
        Class<?> returned = call.method().getReturnType();
        if (Pulls.closes(call)) {
            return Pulls.close(feed, call);
        }
        if (SETTINGS.contains(call.name())) {
            Object set = call.proceed();
            boolean another = set instanceof BaseStream && !call.gaveItself(set);
            return another ? pulls.standIn(set, new StreamCalls(pulls, feed, checked, cut, reader)) : set;
        }
        if (isStage(returned)) {
            return stage(call);
        }
        Object result = terminal(call);
        if (feed.staysUntilClosed() && cuts(call)) {
            boolean unused = feed.check(); // it may have been closed from the side, which looks like an end
        } else {
            feed.exhausted();
        }
        return result;
    }

    private static boolean isStage(Class<?> returned) {
        return BaseStream.class.isAssignableFrom(returned)
                || Iterator.class.isAssignableFrom(returned)
                || Spliterator.class.isAssignableFrom(returned);
    }

    /** Race, an abort that closes the stream while an operation is added to it: it is the abort that the reader sees. */
    private @Nullable Object stage(Call call) throws Throwable {
        boolean again = used.getAndSet(true);
        try {
            return added(open(call));
        } catch (IllegalStateException refused) {
            if (feed.check()) {
                throw seen(refused, again);
            }
            return added(open(call));
        }
    }

    private @Nullable Object added(Call call) throws Throwable {
        boolean last = !BaseStream.class.isAssignableFrom(call.method().getReturnType());
        Object next = last ? call.proceed() : checked(call).proceed();
        feed.readBy(reader);
        return last
                ? pulls.behind(feed, next, reader)
                : pulls.standIn(next, new StreamCalls(pulls, feed, true, cuts(call), reader));
    }

    private boolean cuts(Call call) {
        return cut || CUTTING.contains(call.name());
    }

    /** The stream itself, or one without elements where it was closed and is to look like one at its end. */
    private Call open(Call call) {
        return feed.check() || !isOfTheJdk(call) ? call : call.on(empty(call.source()));
    }

    private static Object empty(Object stream) {
        return switch (stream) {
            case Stream<?> of -> Stream.empty();
            case IntStream of -> IntStream.empty();
            case LongStream of -> LongStream.empty();
            case DoubleStream of -> DoubleStream.empty();
            default -> stream;
        };
    }

    private @Nullable Object terminal(Call call) throws Throwable {
        boolean again = used.getAndSet(true);
        try {
            Call looking = looking(call);
            feed.readBy(reader);
            return looking.proceed();
        } catch (Throwable failure) {
            throw seen(failure, again);
        }
    }

    /** The same race as of {@link #stage}. */
    private Call looking(Call call) {
        try {
            return checked(open(call));
        } catch (IllegalStateException refused) {
            if (feed.check()) {
                throw refused;
            }
            return checked(open(call));
        }
    }

    private Throwable seen(Throwable failure, boolean again) {
        boolean refused = failure instanceof IllegalStateException && again;
        return refused || feed.refuses(failure, reader) ? failure : feed.broken(failure);
    }

    private Call checked(Call call) {
        return !checked && isOfTheJdk(call) ? call.on(checking(call.source())) : call;
    }

    /** A method of a library's own kind of stream goes unchecked: that kind may give a plain stream, which has no such method. */
    private static boolean isOfTheJdk(Call call) {
        return call.method().getDeclaringClass().getPackageName().equals("java.util.stream");
    }

    /** Looks at the feed before each element: a terminal operation takes many, and asks for none of them. */
    private Object checking(Object stream) {
        return feed.mayComplete() ? ending(stream) : failing(stream);
    }

    private Object failing(Object stream) {
        return switch (stream) {
            case Stream<?> of -> of.peek(element -> look());
            case IntStream of -> of.peek(element -> look());
            case LongStream of -> of.peek(element -> look());
            case DoubleStream of -> of.peek(element -> look());
            default -> stream;
        };
    }

    private void look() {
        boolean unused = feed.check();
    }

    /** Dearer than {@link #failing}, for parallel streams above all: only where it may be needed. */
    private Object ending(Object stream) {
        return switch (stream) {
            case Stream<?> of -> of.takeWhile(element -> feed.check());
            case IntStream of -> of.takeWhile(element -> feed.check());
            case LongStream of -> of.takeWhile(element -> feed.check());
            case DoubleStream of -> of.takeWhile(element -> feed.check());
            default -> stream;
        };
    }
}
