package dev.chatstream.agent.core;

import org.jspecify.annotations.Nullable;

/**
 * Which stream a thread runs in.
 *
 * <p>Virtual threads and structured scopes that are started inside inherit it; platform threads never do, since pools
 * keep them for other work. An {@link InheritableThreadLocal} hands the value to both kinds, so a platform thread that
 * finds a value which it did not set itself drops it. A stream that has ended lets go of everything that is the
 * application's: a thread that outlives it keeps nothing else alive.
 */
final class Scope {

    private static final InheritableThreadLocal<@Nullable Scope> CURRENT = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Scope childValue(@Nullable Scope parent) {
            return parent == null || parent.innermostOpen() == null ? null : new Scope(parent);
        }
    };

    private final @Nullable Thread owner;
    private final @Nullable Scope outer;
    private final @Nullable OpenStream stream;
    private final InterruptGate gate;

    /** What a child thread inherits. */
    private Scope(Scope parent) {
        this.owner = null;
        this.outer = parent;
        this.stream = null;
        this.gate = new InterruptGate();
    }

    private Scope(@Nullable Scope outer, OpenStream stream, Thread owner) {
        this.owner = owner;
        this.outer = outer;
        this.stream = stream;
        this.gate = outer != null && outer.owner == owner ? outer.gate : new InterruptGate();
    }

    /** The scope of the calling thread; null outside of any stream. */
    static @Nullable Scope here() {
        Scope scope = CURRENT.get();
        if (scope != null && scope.owner == null && !Thread.currentThread().isVirtual()) {
            CURRENT.remove();
            return null;
        }
        return scope;
    }

    /** Enters the stream on the calling thread; {@link #leave} is to be called with the answer. */
    static Scope enter(OpenStream stream) {
        Scope scope = new Scope(here(), stream, Thread.currentThread());
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
        Scope scope = here();
        return scope == null ? null : scope.innermostOpen();
    }

    /** The innermost open stream of this chat that the calling thread runs in. */
    static @Nullable OpenStream currentOf(String chatId) {
        for (Scope scope = here(); scope != null; scope = scope.outer) {
            if (scope.stream != null
                    && scope.stream.isOpen()
                    && scope.stream.chatId().equals(chatId)) {
                return scope.stream;
            }
        }
        return null;
    }

    /** Decides about interrupts of this thread, for all guarded methods that it is inside of. */
    InterruptGate gate() {
        return gate;
    }

    private @Nullable OpenStream innermostOpen() {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.stream != null && scope.stream.isOpen()) {
                return scope.stream;
            }
        }
        return null;
    }
}
