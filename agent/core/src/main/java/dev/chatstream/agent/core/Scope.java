package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which stream a thread runs in: a chain from the innermost to the outermost.
 *
 * <p>Virtual threads and structured scopes that are started inside inherit it; platform threads never do, since pools
 * keep them for other work. An {@link InheritableThreadLocal} hands the value to both kinds, so a platform thread that
 * finds a value which it did not set itself drops it. One that never looks keeps it: what is inherited holds nothing but
 * lifetimes, which let go of a stream that has ended, so that neither it nor anything of the application's stays reachable.
 */
final class Scope {

    private static final InheritableThreadLocal<@Nullable Scope> CURRENT = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Scope childValue(@Nullable Scope parent) {
            return parent == null ? null : parent.inherited();
        }
    };

    private final Lifetime lifetime;
    private final @Nullable Scope outer;

    /** Null: it was inherited, and the thread is inside no guarded method of its own. */
    private final @Nullable InterruptGate gate;

    private Scope(Lifetime lifetime, @Nullable Scope outer, @Nullable InterruptGate gate) {
        this.lifetime = lifetime;
        this.outer = outer;
        this.gate = gate;
    }

    /** What a thread inherits that is started here: what has ended is left out, so that generations do not pile up. */
    private @Nullable Scope inherited() {
        List<Lifetime> open = new ArrayList<>(2);
        boolean same = true;
        for (Scope scope = this; scope != null; scope = scope.outer) {
            boolean kept = scope.lifetime.ofLive() != null && !open.contains(scope.lifetime);
            same &= kept && scope.gate == null;
            if (kept) {
                open.add(scope.lifetime);
            }
        }
        if (same) {
            return this;
        }
        Scope inherited = null;
        for (Lifetime outermost : open.reversed()) {
            inherited = new Scope(outermost, inherited, null);
        }
        return inherited;
    }

    /** The scope of the calling thread; null outside of any stream. */
    static @Nullable Scope here() {
        Scope scope = CURRENT.get();
        if (scope != null && scope.gate == null && !Thread.currentThread().isVirtual()) {
            CURRENT.remove();
            return null;
        }
        return scope;
    }

    /** Enters the stream on the calling thread; {@link #leave} is to be called with the answer. */
    static Scope enter(OpenStream stream) {
        Scope outer = here();
        InterruptGate gate = outer == null || outer.gate == null ? new InterruptGate() : outer.gate;
        Scope scope = new Scope(stream.lifetime(), outer, gate);
        CURRENT.set(scope);
        return scope;
    }

    /** Back to what was before {@link #enter}; anything entered since and not left is left too. */
    void leave() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** Runs the task inside the stream. */
    static void run(OpenStream stream, Runnable task) {
        Scope scope = enter(stream);
        try {
            task.run();
        } finally {
            scope.leave();
        }
    }

    /** The innermost open stream of the calling thread. */
    static @Nullable OpenStream current() {
        for (Scope scope = here(); scope != null; scope = scope.outer) {
            OpenStream stream = scope.lifetime.ofLive();
            if (stream != null) {
                return stream;
            }
        }
        return null;
    }

    /** The innermost open stream of this chat that the calling thread runs in. */
    static @Nullable OpenStream currentOf(String chatId) {
        for (Scope scope = here(); scope != null; scope = scope.outer) {
            OpenStream stream = scope.lifetime.ofLive();
            if (stream != null && stream.chatId().equals(chatId)) {
                return stream;
            }
        }
        return null;
    }

    int depth() {
        return outer == null ? 1 : 1 + outer.depth();
    }

    /** Decides about interrupts of this thread, for all guarded methods that it is inside of. */
    InterruptGate gate() {
        return Objects.requireNonNull(gate, "inherited");
    }
}
