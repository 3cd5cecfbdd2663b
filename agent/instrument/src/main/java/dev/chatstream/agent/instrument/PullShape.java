package dev.chatstream.agent.instrument;

import java.util.List;

/**
 * What is read element by element: {@code java.util.stream}, {@link java.util.Iterator}, {@link Iterable}. The caller gets
 * a stand-in of the same interfaces.
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
        return standIns.fits(value, declared);
    }

    @Override
    public boolean isOver(Object value) {
        return false;
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Object standIn = pulls.behind(Feed.of(value, outlet), value);
        return standIn == null ? value : standIn;
    }
}
