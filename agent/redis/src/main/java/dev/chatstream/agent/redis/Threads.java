package dev.chatstream.agent.redis;

/** Names this module's threads. Platform threads: the application can starve virtual ones. */
final class Threads {

    private static final String PREFIX = "chatstream-redis-";

    private Threads() {}

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, PREFIX + name);
        thread.setDaemon(true);
        return thread;
    }
}
