package dev.chatstream.demo.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What was seen of one source so far, log lines or events, and the wait for more. No more comes after {@link #end}. */
final class Seen<T> {
    private static final int LAST_FEW = 8;

    private final String source;
    private final List<T> all = new ArrayList<>();
    private boolean ended;

    Seen(String source) {
        this.source = source;
    }

    synchronized void add(T one) {
        all.add(one);
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** A place to pass to {@link #since}: what comes after now. */
    synchronized int mark() {
        return all.size();
    }

    synchronized List<T> since(int mark) {
        return List.copyOf(all.subList(mark, all.size()));
    }

    /** The first that fits, seen already or yet to come. */
    T await(String what, Predicate<? super T> fits, Duration atMost) {
        return awaitAll(what, seen -> seen.stream().filter(fits).limit(1).toList(), atMost)
                .getFirst();
    }

    /** Waits until {@code found} finds anything in all that was seen. */
    synchronized <R> List<R> awaitAll(String what, Function<List<T>, List<R>> found, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<R> result = found.apply(all);
        try {
            while (result.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    throw new TourException("waited for " + what + " from " + source + ", which "
                            + (ended ? "has ended" : "did not come within " + atMost.toMillis() + " ms") + lastFew());
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
                result = found.apply(all);
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TourException("interrupted while waiting for " + source);
        }
    }

    synchronized String lastFew() {
        return all.stream()
                .skip(Math.max(0, all.size() - LAST_FEW))
                .map(one -> "\n    " + one)
                .collect(Collectors.joining("", all.isEmpty() ? "; nothing was seen" : "; last seen:", ""));
    }
}
