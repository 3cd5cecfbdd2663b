package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Hears what a store says of its connection, and lets a test wait for it. */
final class Links implements LeaseStore.Link {

    private final List<String> heard = new ArrayList<>();

    @Override
    public void up(String lane) {
        hear("up " + lane);
    }

    @Override
    public void down(String lane, String why) {
        hear("down " + lane + " " + why);
    }

    @Override
    public void gone(String lane) {
        hear("gone " + lane);
    }

    private synchronized void hear(String news) {
        heard.add(news);
        notifyAll();
    }

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    synchronized void forget() {
        heard.clear();
    }

    /** Waits for such news since the last {@link #forget}; at most 30 s. */
    synchronized String await(Predicate<String> news) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (heard.stream().noneMatch(news)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not heard, but " + heard);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return heard.stream().filter(news).findFirst().orElseThrow();
    }

    String awaitUp() {
        return await(news -> news.startsWith("up "));
    }

    String awaitDown() {
        return await(news -> news.startsWith("down "));
    }
}
