package dev.chatstream.agent.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The in-memory store's lanes: which id goes where, and which of them are cut. */
final class InMemoryLanes {

    private final Map<String, String> cut = new HashMap<>();
    private volatile List<String> names = List.of(InMemoryStore.LANE);
    private volatile boolean anyCut;
    private volatile LeaseStore.@Nullable Link link;
    private volatile boolean closed;

    void split(int number) {
        names = IntStream.range(0, number)
                .mapToObj(i -> InMemoryStore.LANE + "-" + i)
                .toList();
    }

    List<String> names() {
        return names;
    }

    String laneOf(String id) {
        List<String> now = names;
        return now.size() == 1 ? now.get(0) : now.get(Math.floorMod(id.hashCode(), now.size()));
    }

    synchronized void open(LeaseStore.Link told) {
        if (link != null) {
            return;
        }
        link = told;
        for (String lane : names) {
            String why = cut.get(lane);
            if (why == null) {
                told.up(lane);
            } else {
                told.down(lane, why);
            }
        }
    }

    synchronized void goDown(String lane, String why) {
        cut.put(lane, why);
        anyCut = true;
        if (link != null) {
            link.down(lane, why);
        }
    }

    synchronized void comeUp(String lane) {
        cut.remove(lane);
        anyCut = !cut.isEmpty();
        if (link != null) {
            link.up(lane);
        }
    }

    void close() {
        closed = true;
    }

    /** Null: it can be sent. */
    @Nullable
    String whyNotSent(String lane) {
        if (link == null || closed) {
            return "the store is not open";
        }
        if (!anyCut) {
            return null;
        }
        synchronized (this) {
            return cut.get(lane);
        }
    }
}
