package dev.chatstream.agent.shapes;

import dev.chatstream.agent.shapes.StandIns.Call;
import dev.chatstream.agent.shapes.StandIns.Interceptor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a feed before what is read element by element, and before whatever that hands out to read from. Every operation is
 * the object's own: nothing is buffered, nothing is asked for that the reader does not ask for.
 */
final class Pulls {

    private final StandIns standIns;

    Pulls(StandIns standIns) {
        this.standIns = standIns;
    }

    /** The stand-in; anything that is not read from, or cannot be stood for, is itself. */
    @Nullable
    Object behind(Feed feed, @Nullable Object source) {
        return behind(feed, source, new Object());
    }

    /** @param reader the same for all that is got from one stream */
    @Nullable
    Object behind(Feed feed, @Nullable Object source, Object reader) {
        Interceptor interceptor = source == null ? null : interceptor(feed, source, reader);
        return interceptor == null ? source : standIn(source, interceptor);
    }

    @Nullable
    Object standIn(@Nullable Object source, Interceptor interceptor) {
        Object standIn = source == null ? null : standIns.of(source, interceptor);
        return standIn == null ? source : standIn;
    }

    private @Nullable Interceptor interceptor(Feed feed, Object source, Object reader) {
        return switch (source) {
            case BaseStream<?, ?> stream -> StreamCalls.of(this, feed, reader);
            case Iterator<?> iterator -> new OfIterator(feed, reader);
            case Spliterator<?> part -> new OfPart(feed, reader, new AtomicInteger(1));
            case Iterable<?> iterable -> new OfOwner(feed, reader);
            case AutoCloseable owner -> new OfOwner(feed, reader);
            default -> null;
        };
    }

    /**
     * Asks the source, where it hands elements to the reader's action: what that throws is no failure of the source.
     *
     * @return what the source says, false where there is nothing more
     */
    private static @Nullable Object drain(Feed feed, Object reader, Call call) throws Throwable {
        if (!feed.check()) {
            return false;
        }
        Watched action = new Watched(feed);
        try {
            return call.proceed(new Object[] {action.around(call.arguments()[0])});
        } catch (Watched.End end) {
            return false;
        } catch (Throwable failure) {
            if (action.threw(failure) || feed.refuses(failure, reader)) {
                throw failure;
            }
            feed.failed(failure);
            return false;
        }
    }

    /** The same for an operation that answers nothing, and after which there is nothing more. */
    private static void drainAll(Feed feed, Object reader, Call call) throws Throwable {
        Object unused = drain(feed, reader, call);
        feed.exhausted();
    }

    static @Nullable Object close(Feed feed, Call call) throws Throwable {
        try {
            return call.proceed();
        } finally {
            feed.closed();
        }
    }

    static boolean closes(Call call) {
        return call.name().equals("close") && call.arguments().length == 0;
    }

    private final class OfIterator implements Interceptor {
        private final Feed feed;
        private final Object reader;
        /** Whether the reader was told that there is an element which it has not got yet. */
        private boolean promised;

        OfIterator(Feed feed, Object reader) {
            this.feed = feed;
            this.reader = reader;
        }

        @Override
        public @Nullable Object intercept(Call call) throws Throwable {
            return switch (call.name()) {
                case "hasNext" -> hasNext(call);
                case "next", "nextInt", "nextLong", "nextDouble" -> next(call);
                case "forEachRemaining" -> {
                    drainAll(feed, reader, call);
                    yield null;
                }
                default -> closes(call) ? close(feed, call) : handedOut(feed, call);
            };
        }

        private boolean hasNext(Call call) throws Throwable {
            promised = feed.check(promised) && asked(call) && feed.check(); // it may have waited long
            if (!promised) {
                feed.exhausted();
            }
            return promised;
        }

        private boolean asked(Call call) throws Throwable {
            try {
                return Boolean.TRUE.equals(call.proceed());
            } catch (Throwable failure) {
                failed(failure);
                return false;
            }
        }

        private void failed(Throwable failure) throws Throwable {
            if (feed.refuses(failure, reader)) {
                throw failure;
            }
            feed.failed(failure);
        }

        private @Nullable Object next(Call call) throws Throwable {
            if (!feed.check(promised)) {
                throw new NoSuchElementException();
            }
            promised = false;
            try {
                return call.proceed();
            } catch (NoSuchElementException end) {
                feed.exhausted();
                throw end;
            } catch (Throwable failure) {
                failed(failure);
                throw new NoSuchElementException();
            }
        }
    }

    /** A spliterator; the value is over when all parts are. */
    private final class OfPart implements Interceptor {
        private final Feed feed;
        private final Object reader;
        private final AtomicInteger parts;
        private boolean over;

        OfPart(Feed feed, Object reader, AtomicInteger parts) {
            this.feed = feed;
            this.reader = reader;
            this.parts = parts;
        }

        @Override
        public @Nullable Object intercept(Call call) throws Throwable {
            return switch (call.name()) {
                case "tryAdvance" -> {
                    Object more = drain(feed, reader, call);
                    if (!Boolean.TRUE.equals(more)) {
                        over();
                    }
                    yield more;
                }
                case "forEachRemaining" -> {
                    Object unused = drain(feed, reader, call);
                    over();
                    yield null;
                }
                case "trySplit" -> split(call.proceed());
                default -> call.proceed();
            };
        }

        private @Nullable Object split(@Nullable Object part) {
            if (part == null) {
                return null;
            }
            parts.incrementAndGet();
            return standIn(part, new OfPart(feed, reader, parts));
        }

        private void over() {
            if (!over) {
                over = true;
                if (parts.decrementAndGet() == 0) {
                    feed.exhausted();
                    return;
                }
            }
            boolean unused = feed.check();
        }
    }

    /** What is not read from itself, but by what it hands out. */
    private final class OfOwner implements Interceptor {
        private final Feed feed;
        private final Object reader;

        OfOwner(Feed feed, Object reader) {
            this.feed = feed;
            this.reader = reader;
        }

        @Override
        public @Nullable Object intercept(Call call) throws Throwable {
            if (closes(call)) {
                return close(feed, call);
            }
            if (call.name().equals("forEach") && call.arguments().length == 1) {
                drainAll(feed, reader, call);
                return null;
            }
            return handedOut(feed, call);
        }
    }

    /** What a method of the value's own gives; where that reads on from the value, it does so behind the same feed. */
    private @Nullable Object handedOut(Feed feed, Call call) throws Throwable {
        Object result = call.proceed();
        boolean reads = result instanceof BaseStream
                || result instanceof Iterator
                || result instanceof Spliterator
                || HandedOut.isIterable(call.method());
        return reads && !call.gaveItself(result) ? behind(feed, result) : result;
    }
}
