package dev.chatstream.agent.instrument;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the subscriber of a response is told. */
final class SubscriberNotes {
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile Runnable atNext = () -> {};
    volatile Runnable atTheEnd = () -> {};
    volatile Thread deliverer = Thread.currentThread();

    void next() {
        deliverer = Thread.currentThread();
        told.add("next");
        atNext.run();
    }

    void complete(Optional<Throwable> failure) {
        told.add(failure.map(thrown -> thrown.getClass().getSimpleName()).orElse("complete"));
        atTheEnd.run();
    }
}
