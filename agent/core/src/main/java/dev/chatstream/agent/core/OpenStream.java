package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Holder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of this JVM, from the moment that its call enters until its {@link Lifetime} ends. */
final class OpenStream implements GuardedStream {

    private static final AtomicReferenceFieldUpdater<OpenStream, @Nullable AbortReason> ABORTED =
            AtomicReferenceFieldUpdater.newUpdater(OpenStream.class, AbortReason.class, "aborted");

    private final Engine engine;
    private final Identity identity;
    private final @Nullable Lease lease;
    private final Lifetime lifetime = new Lifetime(this);
    private final Passes passes = new Passes();
    private final Callbacks callbacks;
    private volatile @Nullable AbortReason aborted;
    private @Nullable Detachments detachments;
    private volatile @Nullable Decision waiting;
    private final Markers markers;

    /** @param lease null: this stream never has a lock */
    OpenStream(Engine engine, Identity identity, @Nullable Lease lease) {
        this.engine = engine;
        this.identity = identity;
        this.lease = lease;
        this.callbacks = new Callbacks(this);
        this.markers = new Markers(engine, this);
    }

    /** The call waits for this, which an abort makes, and so does a mode that enforces nothing. */
    void waits(Decision decision) {
        waiting = decision;
    }

    /** What is still to be decided; null: nothing. */
    @Nullable
    Decision waitsFor() {
        return waiting;
    }

    /** The call is let in. */
    void open() {
        lifetime.open(engine.now());
        waiting = null;
        engine.opened(this);
        abortReason().ifPresent(reason -> fire(reason, "while it entered"));
    }

    /** The call is not let in. */
    void refuse() {
        lifetime.refuse();
        waiting = null;
        renounce();
        engine.ended(this);
    }

    /** It is not to have the chat, now or ever; whether it had its place. */
    boolean renounce() {
        var unused = giveUpLock();
        return engine.places().leave(this);
    }

    boolean join() {
        return lifetime.join();
    }

    /**
     * A member goes; the last one ends the stream.
     *
     * @return done when the store has answered to the release, or cannot be asked; done at once where the stream goes on
     */
    CompletableFuture<?> depart() {
        if (!lifetime.depart()) {
            return Engine.DONE;
        }
        callbacks.clear();
        engine.narrator().ended(this);
        try {
            return giveUpLock();
        } finally {
            engine.places().leave(this);
            engine.ended(this); // last: whoever waits for all streams to end finds their locks given up
        }
    }

    /** The release goes out before the place is left, so that the next one here finds the lock free. */
    private CompletableFuture<?> giveUpLock() {
        return lease != null && lease.close() ? engine.releases().add(this, lease) : Engine.DONE;
    }

    /**
     * Aborts the stream, or the call that waits to become one.
     *
     * @param origin where the wish came from, for the log
     * @return false where it was aborted before, or is not to be
     */
    boolean abort(AbortReason reason, String origin) {
        if (!engine.enforcement().mayAbort(reason) || !ABORTED.compareAndSet(this, null, reason)) {
            return false;
        }
        Decision undecided = waiting;
        if (lifetime.isOpen() || lifetime.isPrepared()) {
            fire(reason, origin);
        }
        if (!lifetime.isOpen() && undecided != null) {
            undecided.aborted(reason);
        }
        return true;
    }

    /** Race, an abort against the opening: both may come here; the first does it. */
    private void fire(AbortReason reason, String origin) {
        if (!callbacks.fire(reason, () -> engine.tell(this, new Call.Event.Aborted(reason)))) {
            return;
        }
        engine.tally().aborted.increment();
        engine.narrator().aborted(this, reason, origin);
        passes.interrupt();
        engine.beginGrace(lifetime);
    }

    /** The lock is another's, or gone for good. */
    void lost(Lease.Loss loss) {
        boolean aborts = engine.enforcement().abortsWhenLost(identity.call().rule(), loss);
        engine.tally().lost.increment();
        // told to end before, and still here: where its code is, as where its grace is over
        engine.narrator().lost(this, loss, aborts || isAborted(), isAborted() ? passes.stack() : "");
        engine.places().leave(this);
        if (aborts) {
            abort(loss == Lease.Loss.SUPERSEDED ? AbortReason.SUPERSEDED : AbortReason.LOCK_LOST, "its lock is lost");
        }
    }

    void whenAborted(Consumer<AbortReason> action) {
        callbacks.add(action, false);
    }

    Lifetime lifetime() {
        return lifetime;
    }

    Passes passes() {
        return passes;
    }

    @Override
    public AutoCloseable onAbort(Consumer<AbortReason> callback) {
        return callbacks.add(callback, true);
    }

    @Override
    public Runnable wrap(Runnable task) {
        return () -> Scope.run(this, task);
    }

    @Override
    public Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    @Override
    public AutoCloseable detach() {
        return join() ? detachments().add(this) : Detachments.NOTHING;
    }

    /** Few streams ever have any. */
    synchronized Detachments detachments() {
        Detachments made = detachments == null ? new Detachments(engine.narrator()) : detachments;
        detachments = made;
        return made;
    }

    Narrator narrator() {
        return engine.narrator();
    }

    @Override
    public String chatId() {
        return identity.chatId();
    }

    @Override
    public String streamId() {
        return identity.streamId();
    }

    @Override
    public Optional<AbortReason> abortReason() {
        return Optional.ofNullable(aborted);
    }

    @Override
    public boolean holdsLock() {
        return lease != null && lease.remaining(engine.now()) > 0;
    }

    @Override
    public Duration leaseRemaining() {
        return lease == null ? Duration.ZERO : lease.remainingAsDuration(engine.now());
    }

    @Override
    public long fence() {
        return lease == null ? 0 : lease.fence();
    }

    boolean isOpen() {
        return lifetime.isOpen();
    }

    boolean wasSuperseded() {
        return aborted == AbortReason.SUPERSEDED;
    }

    boolean isAborted() {
        return aborted != null;
    }

    @Nullable
    Lease lease() {
        return lease;
    }

    Identity identity() {
        return identity;
    }

    Markers markers() {
        return markers;
    }

    Holder asHolder() {
        return new Holder(
                streamId(), lease == null ? Holder.PLAIN : lease.claim().nonce());
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
