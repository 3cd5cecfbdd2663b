package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Link;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes of the store, each with its own health: one that is gone costs only its own chats. */
final class Lanes implements Link {

    /** Before the store knows its nodes, it names none. */
    private static final String NOT_KNOWN_YET = "";

    private final Map<String, Lane> byName = new ConcurrentHashMap<>();
    private final long patience;
    private final Timetable timetable;
    private final Outages outages;
    private volatile boolean ended;

    Lanes(long patience, Timetable timetable, Outages outages) {
        this.patience = patience;
        this.timetable = timetable;
        this.outages = outages;
    }

    Lane of(String name) {
        Lane known = byName.get(name);
        return known != null ? known : added(name);
    }

    /** Race, one that is made while all end: it is there before this looks whether they have. */
    private Lane added(String name) {
        Lane lane = byName.computeIfAbsent(name, n -> new Lane(n, patience, timetable, outages));
        if (ended) {
            lane.end();
        }
        return lane;
    }

    /** The JVM ends: whoever waits for an answer or a connection, now or later, is told that there is none. */
    void end() {
        ended = true;
        byName.values().forEach(Lane::end);
    }

    /** The store begins to connect: its connection is missing from now on. */
    void expect(String lane) {
        of(lane);
    }

    @Override
    public void up(String lane) {
        of(lane).linkUp();
        Lane unknown = byName.get(NOT_KNOWN_YET);
        if (unknown != null && !lane.equals(NOT_KNOWN_YET)) {
            unknown.linkUp(); // those who waited for any node look again
        }
    }

    @Override
    public void down(String lane, String why) {
        of(lane).linkDown(why);
    }

    @Override
    public void gone(String lane) {
        Lane left = byName.remove(lane);
        if (left != null) {
            left.linkUp(); // whoever waited for it looks again, and finds the lane that serves the chat now
        }
    }
}
