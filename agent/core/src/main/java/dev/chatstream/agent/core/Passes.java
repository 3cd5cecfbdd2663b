package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;

/** The guarded methods of one stream that run now, whichever thread they are on. */
final class Passes {

    private final List<InterruptGate.Pass> inside = new ArrayList<>(1);
    private boolean interrupted;

    /** The calling thread is inside such a method now; late for an abort is not too late. */
    InterruptGate.Pass enter(InterruptGate gate, boolean interruptible) {
        InterruptGate.Pass pass = gate.enter(this, interruptible);
        boolean late;
        synchronized (this) {
            inside.add(pass);
            late = interrupted;
        }
        if (late) {
            pass.interrupt();
        }
        return pass;
    }

    void leave(InterruptGate.Pass pass) {
        synchronized (this) {
            inside.remove(pass);
        }
        pass.leave();
    }

    void interrupt() {
        List<InterruptGate.Pass> all;
        synchronized (this) {
            interrupted = true;
            all = List.copyOf(inside);
        }
        all.forEach(InterruptGate.Pass::interrupt);
    }

    /** Where the innermost of them is, for people. */
    synchronized String stack() {
        return inside.isEmpty()
                ? "No thread is inside its method"
                : Stacks.of(inside.getLast().thread());
    }
}
