package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore;
import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An open store with what it says of itself. */
record Opened(RedisStore store, Links links, Lines lines) implements AutoCloseable {

    static Opened with(RedisStore.Settings settings) {
        Lines lines = new Lines();
        Opened opened = new Opened(RedisStore.create(settings, lines), new Links(), lines);
        opened.store.open(opened.links);
        return opened;
    }

    static Opened up(RedisStore.Settings settings) {
        Opened opened = with(settings);
        opened.links.awaitUp();
        return opened;
    }

    static Opened up(String... uris) {
        return up(Stores.settings(uris));
    }

    static Claim claim(String chatId, String streamId) {
        return new Claim(chatId, streamId, UUID.randomUUID().toString());
    }

    Acquisition acquire(Claim claim) {
        return get(store.acquire(claim, null, false));
    }

    /** The fence. */
    long won(Claim claim) {
        return acquire(claim) instanceof Acquisition.Won won ? won.fence() : fail(claim);
    }

    private static long fail(Claim claim) {
        throw new AssertionError("not won: " + claim);
    }

    Renewal renew(Claim claim, long fence) {
        return get(store.renew(List.of(new Renewing(claim, fence, Again.NEVER))))
                .get(0);
    }

    Released release(Claim claim) {
        return get(store.release(List.of(new Releasing(claim, false)))).get(0);
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    static LeaseStore.Failure failure(Object answer) {
        if (answer instanceof LeaseStore.Failure failure) {
            return failure;
        }
        throw new AssertionError("no failure: " + answer);
    }

    @Override
    public void close() {
        store.close();
    }
}
