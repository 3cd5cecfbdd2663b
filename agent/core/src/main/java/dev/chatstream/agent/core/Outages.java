package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Says when the store cannot be asked, once when it begins and once when it ends. Until the store has answered for the
 * first time it is said again each minute, as an error: such an installation has never worked.
 */
final class Outages {

    private enum Outage {
        SILENT,
        /** It answers, with errors: over only when an acquire passes, since renewals pass where an acquire does not. */
        REFUSED
    }

    private static final long REMIND_EVERY = TimeUnit.MINUTES.toNanos(1);

    private final Narrator narrator;
    private final Timetable timetable;
    private final Map<String, Outage> open = new ConcurrentHashMap<>();
    private volatile boolean everAnswered;

    Outages(Narrator narrator, Timetable timetable) {
        this.narrator = narrator;
        this.timetable = timetable;
    }

    void down(String lane, Failure failure) {
        begin(lane, Outage.SILENT, failure);
    }

    void refused(String lane, Failure failure) {
        begin(lane, Outage.REFUSED, failure);
    }

    private void begin(String lane, Outage outage, Failure failure) {
        if (open.putIfAbsent(lane, outage) != null) {
            return;
        }
        narrator.degraded(lane, failure, everAnswered);
        if (!everAnswered) {
            timetable.after(REMIND_EVERY, () -> remind(lane, failure));
        }
    }

    private void remind(String lane, Failure failure) {
        if (!everAnswered && open.containsKey(lane)) {
            narrator.degraded(lane, failure, false);
            timetable.after(REMIND_EVERY, () -> remind(lane, failure));
        }
    }

    void connected(String lane) {
        if (open.remove(lane, Outage.SILENT)) {
            narrator.reachableAgain(lane);
        }
    }

    void succeeded(String lane, boolean acquire) {
        everAnswered = true;
        if (open.isEmpty()) {
            return;
        }
        if (open.remove(lane, Outage.SILENT) || (acquire && open.remove(lane, Outage.REFUSED))) {
            narrator.reachableAgain(lane);
        }
    }
}
