package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a thread for an aborted stream: only while it is inside a guarded method of that stream, never while it is
 * inside one that is not interruptible, and so that no flag of ours is left behind. One gate for each thread that is
 * inside guarded methods, shared by all of them.
 *
 * <p>Race, abort against return: both take the gate's monitor; a pass that has left is never interrupted.
 */
final class InterruptGate {

    /** One guarded method on the stack of the thread. */
    final class Pass {
        /** Null once it has left: a stream that goes on must not keep what the thread leads to, or that is never found forgotten. */
        private @Nullable Thread thread = Thread.currentThread();

        private final Passes stream;
        private final boolean interruptible;
        private boolean wanted;
        private boolean delivered;

        private Pass(Passes stream, boolean interruptible) {
            this.stream = stream;
            this.interruptible = interruptible;
        }

        /** The method's stream was aborted. Called by any thread. */
        void interrupt() {
            synchronized (InterruptGate.this) {
                wanted = true;
                deliver();
            }
        }

        /** The method has left; called by its own thread. */
        void leave() {
            synchronized (InterruptGate.this) {
                inside.remove(this);
                boolean ours = delivered;
                deliver();
                if (ours && inside.stream().noneMatch(pass -> pass.delivered)) {
                    Thread.interrupted();
                }
                thread = null;
            }
        }

        /** The thread that is inside; not to be asked for after it has left. */
        Thread thread() {
            synchronized (InterruptGate.this) {
                return Objects.requireNonNull(thread, "it has left");
            }
        }
    }

    private final List<Pass> inside = new ArrayList<>(2);

    /** The calling thread is inside a guarded method from now on. */
    synchronized Pass enter(Passes stream, boolean interruptible) {
        Pass pass = new Pass(stream, interruptible);
        inside.add(pass);
        return pass;
    }

    private void deliver() {
        for (Pass pass : inside) {
            if (!pass.interruptible) {
                return; // held back until that method has left
            }
        }
        for (Pass pass : inside) {
            if (pass.wanted) {
                pass.wanted = false;
                // An interrupt that is there already is the application's: it does the work, and stays when we leave.
                boolean told = anyDelivered(pass.stream); // one interrupt for one abort, however many methods joined
                if (told || anyDelivered(null) || !pass.thread().isInterrupted()) {
                    pass.delivered = true;
                    if (!told) {
                        pass.thread().interrupt();
                    }
                }
            }
        }
    }

    /** @param of null: of whichever stream */
    private boolean anyDelivered(@Nullable Passes of) {
        for (Pass pass : inside) {
            if (pass.delivered && (of == null || of == pass.stream)) {
                return true;
            }
        }
        return false;
    }
}
