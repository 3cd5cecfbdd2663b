package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What the parts of {@link LeaseStoreContract} stand on. */
abstract class StoreContract {

    protected static final Duration TTL = Duration.ofSeconds(60);

    /** An open store whose locks live for {@link #TTL}; the same for one test. */
    protected abstract LeaseStore store();

    protected abstract Outside outside();

    /** Lets time pass for everything that the store keeps. */
    protected abstract void pass(Duration time);

    /** Another store of the same kind that was never opened. */
    protected abstract LeaseStore closedStore();

    protected final String chat = "chat-" + UUID.randomUUID();

    protected static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    protected static String nonce() {
        return UUID.randomUUID().toString();
    }

    protected Claim claim(String streamId) {
        return new Claim(chat, streamId, nonce());
    }

    protected static Holder holder(Claim claim) {
        return new Holder(claim.streamId(), claim.nonce());
    }

    protected Acquisition acquire(Claim claim) {
        return get(store().acquire(claim, null, false));
    }

    protected Acquisition overrule(Claim claim, Holder holder) {
        return get(store().acquire(claim, holder, false));
    }

    protected long won(Claim claim) {
        Acquisition answer = acquire(claim);
        assertThat(answer).isInstanceOf(Acquisition.Won.class);
        return ((Acquisition.Won) answer).fence();
    }

    protected Renewal renew(Claim claim, long fence) {
        return renew(claim, fence, Again.NEVER);
    }

    protected Renewal renew(Claim claim, long fence, Again again) {
        return get(store().renew(List.of(new Renewing(claim, fence, again)))).get(0);
    }

    protected Released release(Claim claim) {
        return get(store().release(List.of(new Releasing(claim, false)))).get(0);
    }

    /** A release does not wait for the marker, which another node may keep. */
    protected void awaitUnmarked(String streamId) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (outside().marked(streamId)) {
            assertThat(System.nanoTime() - end).as("still marked").isNegative();
            Thread.onSpinWait();
        }
    }

    /** Within a few seconds: a real server's clock goes on. */
    protected static void assertNear(Duration actual, Duration expected) {
        assertThat(actual).isBetween(expected.minusSeconds(10), expected);
    }
}
