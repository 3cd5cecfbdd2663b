package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All streams of this JVM, open or waiting, by stream id. */
final class Registry {

    /** Several streams may have one id: the application gives it. */
    private final Map<String, List<OpenStream>> byStreamId = new ConcurrentHashMap<>();

    private volatile boolean awaited;

    void add(OpenStream stream) {
        byStreamId.merge(stream.streamId(), List.of(stream), Registry::both);
    }

    private static List<OpenStream> both(List<OpenStream> some, List<OpenStream> more) {
        if (some.contains(more.getFirst())) {
            return some; // it was prepared, and is subscribed to now
        }
        List<OpenStream> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    void remove(OpenStream stream) {
        byStreamId.computeIfPresent(stream.streamId(), (id, streams) -> without(streams, stream));
        if (awaited && isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Returns when no stream is open or waits any more, or when so many nanoseconds have passed. */
    synchronized void awaitEmpty(long nanos) throws InterruptedException {
        awaited = true;
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (!isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    private static @Nullable List<OpenStream> without(List<OpenStream> streams, OpenStream gone) {
        List<OpenStream> left =
                streams.stream().filter(stream -> stream != gone).toList();
        return left.isEmpty() ? null : left;
    }

    List<OpenStream> byStreamId(String streamId) {
        return byStreamId.getOrDefault(streamId, List.of());
    }

    boolean isEmpty() {
        return byStreamId.isEmpty();
    }

    /** Those that wait enter without a lock; how many they were. */
    int letWaitingIn() {
        int number = 0;
        for (List<OpenStream> streams : byStreamId.values()) {
            for (OpenStream stream : streams) {
                Decision undecided = stream.waitsFor();
                number += undecided != null && undecided.enforcedNoMore() ? 1 : 0;
            }
        }
        return number;
    }

    int open() {
        int number = 0;
        for (List<OpenStream> streams : byStreamId.values()) {
            for (OpenStream stream : streams) {
                number += stream.isOpen() ? 1 : 0;
            }
        }
        return number;
    }

    void forEach(Consumer<OpenStream> action) {
        for (List<OpenStream> streams : byStreamId.values()) {
            streams.forEach(action);
        }
    }
}
