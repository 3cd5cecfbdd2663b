package io.vertx.core.impl;

import io.netty.util.concurrent.FastThreadLocalThread;

/** What is known of Vert.x's by name, as it was before it told Netty. */
public class VertxThread extends FastThreadLocalThread {

    private final boolean worker;

    public VertxThread(Runnable task, boolean worker) {
        super(task);
        this.worker = worker;
    }

    public boolean isWorker() {
        return worker;
    }
}
