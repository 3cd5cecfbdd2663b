package dev.chatstream.agent.core;

import java.util.concurrent.CompletableFuture;

/**
 * The streams that subscriptions to one returned value run in. The first subscription has the call's own stream, each
 * further one a stream of its own with the same stream id: a lease and a fence, in its turn, under the method's policy. One
 * that is made inside its predecessor's last signal ({@code retry}, {@code repeat}) goes on in that one's stream.
 *
 * <p>Where nobody subscribes within {@code subscribe-timeout}, the call's own stream ends; whoever comes later is a further
 * one.
 */
public interface Subscriptions {

    /** A subscription is made. Never blocks. */
    Turn next();

    /** A subscription is made inside the last signal of an earlier one, which is still open. Never blocks. */
    Turn after(Entry.Member predecessor);

    /** One subscription's way to its stream. */
    interface Turn {

        /**
         * How it goes; exceptionally only for an error of the agent's own. Whoever goes on with it may be on any thread of the
         * agent's, so nothing of the application's may be called there.
         */
        CompletableFuture<Seat> seat();

        /** The subscriber has gone: it waits for its chat no more. Where it has its seat already, nothing changes. */
        void withdraw();
    }

    /** What becomes of a subscription. */
    sealed interface Seat {
        record Taken(Entry.Member member) implements Seat {}

        record Refused(Entry.Refusal refusal) implements Seat {}
    }
}
