package dev.chatstream.agent.shapes;

import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;

/**
 * What is read element by element: {@code java.util.stream}, {@link java.util.Iterator}, {@link Iterable}, and what hands one
 * of them out ({@link HandedOut}). The caller gets a stand-in of the same interfaces.
 */
final class PullShape implements Shape {

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
        Feed feed = isALibrarys(value) ? Feed.closedByItsReader(value, outlet) : Feed.of(value, outlet);
        Object standIn = pulls.behind(feed, value);
        return standIn == null ? value : standIn;
    }

    private static boolean isALibrarys(Object value) {
        ClassLoader loader = value.getClass().getClassLoader();
        return value instanceof AutoCloseable
                && !(value instanceof BaseStream)
                && loader != null
                && !loader.equals(ClassLoader.getPlatformClassLoader());
    }
}
