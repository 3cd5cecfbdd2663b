package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Says when the store cannot be asked, once when it begins and once when it ends. Until the store has answered for the
 * first time it is said again each minute, as an error: such an installation has never worked.
 *
 * <p>A store that refuses one kind of work may do another: renewals pass where memory is short and an acquire does not. So
 * an outage is over when nothing is silent, and every kind of work that was refused has passed.
 */
final class Outages {

    /** What a lane is asked to do, as far as it can be refused by itself. */
    enum Work {
        ACQUIRE,
        RENEW,
        RELEASE,
        POLL,
        /** What is asked now and then only; it counts as passed with the next acquire. */
        OTHER
    }

    /** Guarded by the outages. */
    private static final class Outage {
        private boolean silent;
        private final Set<Work> refused = EnumSet.noneOf(Work.class);
        private Failure latest;

        Outage(Failure first) {
            this.latest = first;
        }

        boolean isOver() {
            return !silent && refused.isEmpty();
        }
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

    /** Nothing is answered, or there is no connection. */
    synchronized void down(String lane, Failure failure) {
        begun(lane, failure).silent = true;
    }

    /** It answers, with an error. */
    synchronized void refused(String lane, Work work, Failure failure) {
        Outage outage = begun(lane, failure);
        outage.refused.add(work);
        outage.silent = false;
    }

    private Outage begun(String lane, Failure failure) {
        Outage known = open.get(lane);
        if (known != null) {
            known.latest = failure;
            return known;
        }
        Outage outage = new Outage(failure);
        open.put(lane, outage);
        narrator.degraded(lane, failure, everAnswered);
        remindLater(lane, outage);
        return outage;
    }

    private void remindLater(String lane, Outage outage) {
        if (!everAnswered) {
            timetable.after(REMIND_EVERY, () -> remind(lane, outage));
        }
    }

    private synchronized void remind(String lane, Outage outage) {
        if (!everAnswered && open.get(lane) == outage) {
            narrator.degraded(lane, outage.latest, false);
            remindLater(lane, outage);
        }
    }

    boolean areThere() {
        return !open.isEmpty();
    }

    /** How the store is, for people, after its name. */
    String inWords() {
        if (open.isEmpty()) {
            return everAnswered ? "can be reached" : "has not answered yet";
        }
        String lanes = String.join(", ", new TreeSet<>(open.keySet()));
        return "cannot be reached or refuses" + (lanes.isEmpty() ? "" : " at " + lanes);
    }

    /** There is a connection again. */
    void connected(String lane) {
        passed(lane, Set.of());
    }

    /** There was an answer, which says nothing of the work itself. */
    void answered(String lane) {
        everAnswered = true;
        passed(lane, Set.of());
    }

    void succeeded(String lane, Work work) {
        everAnswered = true;
        passed(lane, work == Work.ACQUIRE ? Set.of(Work.ACQUIRE, Work.OTHER) : Set.of(work));
    }

    private void passed(String lane, Set<Work> works) {
        if (!open.isEmpty()) {
            passedAfterOutage(lane, works);
        }
    }

    private synchronized void passedAfterOutage(String lane, Set<Work> works) {
        Outage outage = open.get(lane);
        if (outage == null) {
            return;
        }
        outage.silent = false;
        outage.refused.removeAll(works);
        if (outage.isOver()) {
            open.remove(lane);
            narrator.reachableAgain(lane);
        }
    }
}
