package io.netty.util.concurrent;

/** What is known of Netty's by name. */
public class FastThreadLocalThread extends Thread {

    public FastThreadLocalThread(Runnable task) {
        super(task);
    }

    public boolean permitBlockingCalls() {
        return false;
    }
}
