package dev.chatstream.agent.core;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs tasks one after the other, on whichever thread comes first: a chain of hand-overs must not pile up the stack. */
final class Trampoline {

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Consumer<? super Throwable> faults;

    Trampoline(Consumer<? super Throwable> faults) {
        this.faults = faults;
    }

    void run(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() > 0) {
            return; // whoever runs the others runs this one too
        }
        do {
            Runnable next = tasks.poll();
            if (next != null) {
                try {
                    next.run();
                } catch (Throwable fault) { // costs this one only, not whoever comes after it
                    faults.accept(fault);
                }
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
