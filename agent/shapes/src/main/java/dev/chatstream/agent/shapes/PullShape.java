package dev.chatstream.agent.shapes;

import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * What is read element by element: {@code java.util.stream}, {@link java.util.Iterator}, {@link Iterable}, and what hands one
 * of them out ({@link HandedOut}). The caller gets a stand-in of the same interfaces.
 */
final class PullShape implements Shape {

    private static final List<String> OVER_OKHTTP =
            List.of("com.openai.core.http.StreamResponse", "com.anthropic.core.http.StreamResponse");

    private final StandIns standIns;
    private final Pulls pulls;
    private final String type;

    PullShape(StandIns standIns, String type) {
        this.standIns = standIns;
        this.pulls = new Pulls(standIns);
        this.type = type;
    }

    @Override
    public List<String> types() {
        return List.of(type);
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return isReadFrom(value, declared) && standIns.fits(value, declared);
    }

    /**
     * A type that extends {@link Iterable} (a page of results, a tree) mostly is a value that can be iterated over too, and
     * whose reader may never do so; one that wants to be closed is a stream.
     */
    private static boolean isReadFrom(Object value, Class<?> declared) {
        return value instanceof BaseStream
                || value instanceof Iterator
                || (value instanceof AutoCloseable && (value instanceof Iterable || HandedOut.by(value)))
                || declared == Iterable.class
                || declared == Object.class;
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Stopping stopping = stopping(value);
        Feed feed = stopping == null ? Feed.of(value, outlet) : Feed.closedByItsReader(value, outlet, stopping);
        Object standIn = pulls.behind(feed, value);
        return standIn == null ? value : standIn;
    }

    /** Null: whoever aborts closes it, as the JDK's own are made for. A stream may be of anything. */
    private static @Nullable Stopping stopping(Object value) {
        if (ShapeTable.isOneOf(value.getClass(), OVER_OKHTTP)) {
            return Stopping.atNextElementOnly();
        }
        ClassLoader loader = value.getClass().getClassLoader();
        boolean ofTheJdk = loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
        return value instanceof BaseStream || (value instanceof AutoCloseable && !ofTheJdk)
                ? Stopping.atNextElementOrLater()
                : null;
    }
}
