package dev.chatstream.agent.shapes;

import java.util.concurrent.CompletableFuture;

/** To a virtual thread: from a thread that must not be held up, or is the agent's own and must not run the application's code. */
final class Hop {

    private Hop() {}

    /** There when it is done, with the context class loader of the calling thread. */
    static void whenDone(CompletableFuture<?> future, String name, Runnable task) {
        ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
        var unused = future.whenComplete((value, fault) -> start(name, () -> {
            Thread.currentThread().setContextClassLoader(contextLoader);
            task.run();
        }));
    }

    static void start(String name, Runnable task) {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(task);
    }
}
