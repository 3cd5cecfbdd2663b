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
 *
 * <p>Tools that carry values from thread to thread by themselves {@linkplain #carry set} one and set what was there before
 * again, rather than run a task. What they set lies above whatever the thread is inside of, one chain at most, and never
 * takes the place of that.
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

    /** Null: the thread is inside no guarded method of its own. */
    private final @Nullable InterruptGate gate;

    private final Origin origin;

    /** How a thread came by it. */
    private enum Origin {
        ENTERED,
        INHERITED,
        CARRIED
    }

    private Scope(Lifetime lifetime, @Nullable Scope outer, @Nullable InterruptGate gate, Origin origin) {
        this.lifetime = lifetime;
        this.outer = outer;
        this.gate = gate;
        this.origin = origin;
    }

    /** What a thread inherits that is started here: what has ended is left out, so that generations do not pile up. */
    private @Nullable Scope inherited() {
        List<Lifetime> open = new ArrayList<>(2);
        boolean same = true;
        for (Scope scope = this; scope != null; scope = scope.outer) {
            boolean kept = scope.lifetime.ofLive() != null && !open.contains(scope.lifetime);
            same &= kept && scope.origin == Origin.INHERITED;
            if (kept) {
                open.add(scope.lifetime);
            }
        }
        if (same) {
            return this;
        }
        Scope inherited = null;
        for (Lifetime outermost : open.reversed()) {
            inherited = new Scope(outermost, inherited, null, Origin.INHERITED);
        }
        return inherited;
    }

    /** The scope of the calling thread; null outside of any stream. */
    static @Nullable Scope here() {
        Scope scope = CURRENT.get();
        if (scope != null
                && scope.origin == Origin.INHERITED
                && !Thread.currentThread().isVirtual()) {
            CURRENT.remove();
            return null;
        }
        return scope;
    }

    /** Enters the stream on the calling thread; {@link #leave} is to be called with the answer. */
    static Scope enter(OpenStream stream) {
        Scope outer = here();
        InterruptGate gate = outer == null || outer.gate == null ? new InterruptGate() : outer.gate;
        Scope scope = new Scope(stream.lifetime(), outer, gate, Origin.ENTERED);
        CURRENT.set(scope);
        return scope;
    }

    /** Back to what was before {@link #enter}; anything entered since and not left is left too. */
    void leave() {
        set(outer);
    }

    private static void set(@Nullable Scope scope) {
        if (scope == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(scope);
        }
    }

    /**
     * From now on the calling thread runs in this stream, instead of one that was carried to it before.
     *
     * @param stream null, or one that has ended: in none but those that the thread is inside of by itself
     */
    static void carry(@Nullable OpenStream stream) {
        Chain unused = carry(stream == null ? Chain.NONE : new Chain(List.of(stream.lifetime())));
    }

    /** Streams from the innermost to the outermost; as a scope itself, it lets go of those that have ended. */
    record Chain(List<Lifetime> lifetimes) implements GuardedStream.Carried {
        static final Chain NONE = new Chain(List.of());

        private @Nullable OpenStream innermost() {
            for (Lifetime lifetime : lifetimes) {
                OpenStream stream = lifetime.ofLive();
                if (stream != null) {
                    return stream;
                }
            }
            return null;
        }
    }

    /** This one, around it those that the calling thread runs in. */
    static Chain chain(OpenStream innermost) {
        List<Lifetime> lifetimes = new ArrayList<>(2);
        lifetimes.add(innermost.lifetime());
        for (Scope scope = here(); scope != null; scope = scope.outer) {
            if (scope.lifetime.ofLive() != null && !lifetimes.contains(scope.lifetime)) {
                lifetimes.add(scope.lifetime);
            }
        }
        return new Chain(List.copyOf(lifetimes));
    }

    /** The same for a chain; answers what was carried before. */
    static Chain carry(Chain chain) {
        Scope below = here();
        List<Lifetime> before = new ArrayList<>(1);
        while (below != null && below.origin == Origin.CARRIED) {
            before.add(below.lifetime);
            below = below.outer;
        }
        if (before.equals(chain.lifetimes())) {
            return chain;
        }
        OpenStream innermost = chain.innermost();
        Scope scope = below;
        if (innermost != null && !innermost.equals(innermost(below))) {
            for (Lifetime outermost : chain.lifetimes().reversed()) {
                scope = new Scope(outermost, scope, below == null ? null : below.gate, Origin.CARRIED);
            }
        }
        set(scope);
        return before.isEmpty() ? Chain.NONE : new Chain(before);
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
        return innermost(here());
    }

    private static @Nullable OpenStream innermost(@Nullable Scope from) {
        for (Scope scope = from; scope != null; scope = scope.outer) {
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
        return Objects.requireNonNull(gate, "not entered");
    }
}
