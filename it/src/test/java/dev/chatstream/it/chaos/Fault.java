package dev.chatstream.it.chaos;

/** One thing that the conductor did, and for how long it lasted; by System.nanoTime. */
record Fault(Kind kind, String target, long from, long to) {

    enum Kind {
        POD_KILLED,
        POD_TERMINATED,
        POD_FROZEN,
        REDIS_KILLED,
        CLIENTS_PAUSED,
        CLIENTS_KILLED,
        QUIET
    }

    @Override
    public String toString() {
        return kind + " " + target + " for " + (to - from) / 1_000_000 + " ms";
    }
}
