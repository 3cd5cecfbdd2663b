package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;

/** The guarded methods of one stream that run now, whichever thread they are on. */
final class Passes {

    /** Never changed, but replaced. */
    private List<InterruptGate.Pass> inside = List.of();

    private boolean interrupted;

    /** The calling thread is inside such a method now; late for an abort is not too late. */
    InterruptGate.Pass enter(InterruptGate gate, boolean interruptible) {
        InterruptGate.Pass pass = gate.enter(this, interruptible);
        boolean late;
        synchronized (this) {
            inside = with(pass);
            late = interrupted;
        }
        if (late) {
            pass.interrupt();
        }
        return pass;
    }

    private List<InterruptGate.Pass> with(InterruptGate.Pass pass) {
        if (inside.isEmpty()) {
            return List.of(pass);
        }
        List<InterruptGate.Pass> more = new ArrayList<>(inside);
        more.add(pass);
        return more;
    }

    private List<InterruptGate.Pass> without(InterruptGate.Pass pass) {
        return inside.size() == 1
                ? List.of()
                : inside.stream().filter(other -> other != pass).toList();
    }

    void leave(InterruptGate.Pass pass) {
        synchronized (this) {
            inside = without(pass);
        }
        pass.leave();
    }

    void interrupt() {
        List<InterruptGate.Pass> all;
        synchronized (this) {
            interrupted = true;
            all = inside;
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
