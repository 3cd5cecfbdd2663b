package dev.chatstream.agent.core;

/**
 * Takes the chat from an aborted stream whose code still runs: a Stop always frees the chat. The stream goes on without
 * renewals, and one line says where its thread is.
 *
 * <p>Race, its end against this: the lease is closed once, by whichever comes first, and the place is left once.
 */
final class Eviction {

    private Eviction() {}

    /** @param lifetime whatever waits for the end of the grace is not to keep a stream that has ended */
    static void afterGrace(Engine engine, Lifetime lifetime) {
        OpenStream stream = lifetime.ofLive();
        if (stream == null) {
            return;
        }
        String stack = stream.passes().stack();
        boolean heldLock = stream.holdsLock();
        boolean hadPlace = stream.renounce();
        if (heldLock || hadPlace) {
            engine.narrator().givenBack(stream, "after abort-grace", stack);
        }
    }

    /**
     * The superseder has the place already. It asks with the lease closed here, so that two never believe in the lock at
     * once, and before the release goes out, so that no other pod comes between.
     */
    static void bySuperseder(Engine engine, OpenStream stream, Runnable next) {
        boolean runs = stream.isOpen();
        String stack = stream.passes().stack();
        Lease lease = stream.lease();
        boolean closes = lease != null && lease.close();
        next.run();
        if (lease != null && closes) {
            var unused = engine.releases().add(stream, lease);
        }
        if (runs) {
            engine.narrator().givenBack(stream, "after its superseder's acquire-timeout", stack);
        }
    }
}
