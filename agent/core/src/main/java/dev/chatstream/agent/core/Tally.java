package dev.chatstream.agent.core;

import java.util.concurrent.atomic.LongAdder;

/** Counts of what happened since the start. */
final class Tally {
    final LongAdder entered = new LongAdder();
    final LongAdder waited = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder wouldBeBusy = new LongAdder();
    final LongAdder aborted = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder degraded = new LongAdder();

    /** The counts at one moment, or between two. */
    record Counts(long entered, long waited, long busy, long wouldBeBusy, long aborted, long lost, long degraded) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        Counts since(Counts before) {
            return new Counts(
                    entered - before.entered,
                    waited - before.waited,
                    busy - before.busy,
                    wouldBeBusy - before.wouldBeBusy,
                    aborted - before.aborted,
                    lost - before.lost,
                    degraded - before.degraded);
        }

        String inWords() {
            return "entered " + entered + ", waited " + waited + ", busy " + busy + ", would-be-busy " + wouldBeBusy
                    + ", aborted " + aborted + ", lost " + lost + ", degraded " + degraded;
        }
    }

    Counts now() {
        return new Counts(
                entered.sum(), waited.sum(), busy.sum(), wouldBeBusy.sum(), aborted.sum(), lost.sum(), degraded.sum());
    }
}
