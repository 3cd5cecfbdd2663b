package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to run when a stream is aborted, each on a virtual thread of its own with the context class loader of whoever
 * registered it: never on a sweep, and never on the thread that aborts.
 *
 * <p>Race, registration against abort: the monitor decides; a callback runs once, from the list or at once.
 */
final class Callbacks {

    /** One registered callback; runs at most once. */
    private final class Callback implements AutoCloseable {
        private final Consumer<AbortReason> code;
        private final boolean keepsLock;
        private final @Nullable ClassLoader contextLoader =
                Thread.currentThread().getContextClassLoader();
        private final AtomicBoolean spent = new AtomicBoolean();

        Callback(Consumer<AbortReason> code, boolean keepsLock) {
            this.code = code;
            this.keepsLock = keepsLock;
        }

        void start(AbortReason reason) {
            if (!spent.compareAndSet(false, true)) {
                return;
            }
            boolean member = keepsLock && stream.join();
            Thread.ofVirtual()
                    .name("chatstream-abort")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> run(reason, member));
        }

        private void run(AbortReason reason, boolean member) {
            Thread.currentThread().setContextClassLoader(contextLoader);
            try {
                Scope.run(stream, () -> code.accept(reason));
            } catch (Throwable cause) { // the application's own; it has nowhere else to go
                stream.narrator().callbackFailed(stream, cause);
            } finally {
                if (member) {
                    var unused = stream.depart();
                }
            }
        }

        @Override
        public void close() {
            spent.set(true);
            synchronized (Callbacks.this) {
                if (pending != null) {
                    pending.remove(this);
                }
            }
        }
    }

    private final OpenStream stream;
    private @Nullable List<Callback> pending;
    private @Nullable AbortReason fired;

    Callbacks(OpenStream stream) {
        this.stream = stream;
    }

    /** @param keepsLock whether an aborted stream keeps its lock until the callback has returned */
    AutoCloseable add(Consumer<AbortReason> code, boolean keepsLock) {
        Callback callback = new Callback(code, keepsLock);
        AbortReason reason;
        synchronized (this) {
            reason = fired;
            if (reason == null) {
                pending = pending == null ? new ArrayList<>(1) : pending;
                pending.add(callback);
                return callback;
            }
        }
        callback.start(reason);
        return callback;
    }

    /**
     * False where that has happened before.
     *
     * @param first runs before any of them. Race, it against what it tells somebody of, and what may end with the stream: neither
     *     a consumer nor the thread that is to be interrupted hears of the abort before it has returned
     */
    boolean fire(AbortReason reason, Runnable first) {
        List<Callback> all;
        synchronized (this) {
            if (fired != null) {
                return false;
            }
            fired = reason;
            all = pending == null ? List.of() : pending;
            pending = null;
        }
        first.run();
        all.forEach(callback -> callback.start(reason));
        return true;
    }

    /** The stream has ended: what never ran is let go of. */
    synchronized void clear() {
        pending = null;
    }
}
