package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a value that is read and whoever reads it: every look at the value goes through here. All that reads from
 * one value holds its feed, and nothing else does: once that is unreachable, nobody will read on.
 *
 * <pre>
 *   Open ── exhausted, closed, failed ──▶ Over
 *     └──── aborted ────▶ Aborted: whoever reads on gets the exception
 * </pre>
 */
final class Feed {

    private sealed interface State {
        record Open() implements State {}

        record Over() implements State {}

        /** @param completes whether the reader is to see a normal end: a Stop under {@code COMPLETE} */
        record Aborted(RuntimeException exception, boolean completes) implements State {}
    }

    private static final State OPEN = new State.Open();
    private static final State OVER = new State.Over();

    /**
     * What the stream holds of it.
     *
     * <p>Race, the value's own end against an abort: a compare-and-set decides, and readers see that outcome ever after.
     *
     * @param begun whether somebody reads: set before the state is looked at
     * @param stopping null: whoever aborts closes the source at once
     */
    private record Course(
            Outlet outlet,
            AtomicReference<State> state,
            AtomicBoolean begun,
            @Nullable Stopping stopping) {

        void abort(Object source, AbortReason reason) {
            boolean completes = reason == AbortReason.STOPPED && outlet.completesOnStop();
            if (!state.compareAndSet(OPEN, new State.Aborted(outlet.exception(reason), completes))) {
                return;
            }
            if (stopping == null) {
                stop(source);
            } else if (!begun.get()) {
                stopByReader(source); // there is none yet; one that comes sees the abort before it reads
            } else {
                stopping.fromTheSide(() -> stop(source));
            }
        }

        /** Closes first and lets go after: one that cannot be closed loses its chat when the grace is over. */
        private void stop(Object source) {
            try {
                if (source instanceof AutoCloseable closeable) {
                    closeable.close(); // its reader may wait for what never comes
                }
            } catch (Exception itsOwn) {
                // whoever reads is told of the abort, which is why it was closed
            } finally {
                outlet.end();
            }
        }

        /** The reader has come by, and the source is aborted. */
        void stopByReader(Object source) {
            if (stopping != null && stopping.claim()) {
                stop(source);
            }
        }

        /** The reader has closed the source, which is aborted. */
        void stoppedByReader() {
            if (stopping != null && stopping.claim()) {
                outlet.end();
            }
        }

        /** Whether it is over by itself, now or before. */
        boolean over() {
            boolean own = state.compareAndSet(OPEN, OVER) || state.get() instanceof State.Over;
            if (own) {
                outlet.end();
            }
            return own;
        }
    }

    private final Course course;

    /** The value that is read: held, since it may be that only something which it handed out is read on. */
    private final Object source;

    /** Who was the first to get a stream of it; null: nobody. */
    private final AtomicReference<@Nullable Object> reader = new AtomicReference<>();

    private Feed(Object source, Course course) {
        this.source = source;
        this.course = course;
    }

    /** Whoever aborts closes the source, as the JDK's own are made for: their readers may wait for what never comes. */
    static Feed of(Object source, Outlet outlet) {
        return of(source, outlet, null);
    }

    /** Whoever reads closes the source, at its next element. */
    static Feed closedByItsReader(Object source, Outlet outlet, Stopping stopping) {
        return of(source, outlet, stopping);
    }

    private static Feed of(Object source, Outlet outlet, @Nullable Stopping stopping) {
        Course course = new Course(outlet, new AtomicReference<>(OPEN), new AtomicBoolean(), stopping);
        outlet.onAbortFor(source, course::abort);
        Feed feed = new Feed(source, course);
        outlet.endIfForgotten(feed);
        return feed;
    }

    /** Before the source is asked for more; false: it is not to be asked, and what the reader sees is a normal end. */
    boolean check() {
        return check(false);
    }

    /** @param promised whether the reader was told that there is an element, which it gets where it is to see a normal end */
    boolean check(boolean promised) {
        if (!course.begun().get()) {
            course.begun().set(true);
        }
        State state = course.state().get();
        if (state instanceof State.Aborted aborted) {
            if (aborted.completes() && promised) {
                return true;
            }
            course.stopByReader(source);
            if (aborted.completes()) {
                return false;
            }
            throw aborted.exception();
        }
        return true;
    }

    /** Whether an abort may have to look like an end. */
    boolean mayComplete() {
        return course.outlet().completesOnStop();
    }

    /** The source has no more. Where it was closed from the side that is no end, and the reader is told so. */
    void exhausted() {
        if (!course.over()) {
            boolean unused = check();
        }
    }

    /** Whether it goes on when its reader has had enough: until it is closed. */
    boolean staysUntilClosed() {
        return source instanceof AutoCloseable && !(source instanceof BaseStream);
    }

    /** The reader has closed it. */
    void closed() {
        if (!course.over()) {
            course.stoppedByReader();
        }
    }

    /**
     * The source has failed. Returns where that is to look like an end, since it was closed from the side.
     *
     * @throws Throwable what the reader is to see: the source's own failure, or the abort which is why it failed
     */
    void failed(Throwable failure) throws Throwable {
        if (course.over() || check()) {
            throw failure;
        }
    }

    /** The same for a reader that cannot be told of an end any more: what it was to get is lost. */
    Throwable broken(Throwable failure) {
        if (course.over() || !(course.state().get() instanceof State.Aborted aborted)) {
            return failure;
        }
        course.stopByReader(source);
        return aborted.exception();
    }

    void readBy(Object who) {
        boolean unused = reader.compareAndSet(null, who);
    }

    /** Whether somebody came second, whom the source refuses: no end for the first one, who reads on. */
    boolean refuses(Throwable failure, Object who) {
        Object first = reader.get();
        return failure instanceof IllegalStateException
                && first != null
                && !first.equals(who)
                && course.state().get() instanceof State.Open;
    }

    /** Throws whatever it is as it is, declared or not: it is the source's own. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> T unchecked(Throwable any) throws T {
        throw (T) any;
    }
}
