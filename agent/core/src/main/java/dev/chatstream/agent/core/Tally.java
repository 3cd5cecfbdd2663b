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
}
