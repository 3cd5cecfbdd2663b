package dev.chatstream.agent.adapters.springmvc;

import org.jspecify.annotations.Nullable;

/** What was in a slot, and after it what the agent has to do: also where the former throws. */
record Chained(@Nullable Runnable theirs, Runnable ours) implements Runnable {

    @Override
    public void run() {
        try {
            if (theirs != null) {
                theirs.run();
            }
        } finally {
            ours.run();
        }
    }

    /** Race, the application's own setting of the slot: either it is chained here, or it stands and ours is gone. */
    static Runnable into(Slot<Runnable> slot, Object of, Runnable ours) {
        while (true) {
            Runnable theirs = slot.get(of);
            Chained chained = new Chained(theirs, ours);
            if (slot.change(of, theirs, chained)) {
                return chained;
            }
        }
    }
}
