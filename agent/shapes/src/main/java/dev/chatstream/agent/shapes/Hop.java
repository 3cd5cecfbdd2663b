package dev.chatstream.agent.shapes;

/** To a virtual thread: from a thread that must not be held up, or is the agent's own and must not run the application's code. */
final class Hop {

    private Hop() {}

    static void start(String name, Runnable task) {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(task);
    }
}
