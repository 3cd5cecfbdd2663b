package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Holder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of this JVM, from the moment that its call enters until its {@link Lifetime} ends. */
final class OpenStream implements GuardedStream {

    private final Engine engine;
    private final Identity identity;
    private final @Nullable Lease lease;
    private final Lifetime lifetime = new Lifetime();
    private final Passes passes = new Passes();
    private final Callbacks callbacks;
    private final AtomicReference<@Nullable AbortReason> aborted = new AtomicReference<>();
    private final Detachments detachments;
    private volatile @Nullable Consumer<AbortReason> whileWaiting;
    private volatile boolean ignoresMarker;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final AtomicBoolean fired = new AtomicBoolean();

    /** @param lease null: this stream never has a lock */
    OpenStream(Engine engine, Identity identity, @Nullable Lease lease) {
        this.engine = engine;
        this.identity = identity;
        this.lease = lease;
        this.callbacks = new Callbacks(this, engine.narrator());
        this.detachments = new Detachments(engine.narrator());
    }

    /** The call waits; what an abort does meanwhile. */
    void waits(Consumer<AbortReason> whenAborted) {
        whileWaiting = whenAborted;
    }

    /** The call is let in. */
    void open() {
        lifetime.open(engine.now());
        whileWaiting = null;
        engine.opened(this);
        abortReason().ifPresent(this::fire); // it came while the last answer was under way
    }

    /** The call is not let in. */
    void refuse() {
        lifetime.refuse();
        whileWaiting = null;
        engine.ended(this);
        var unused = giveUpLock();
        engine.places().leave(this);
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
        engine.ended(this);
        engine.narrator().ended(this);
        ended.complete(true);
        CompletableFuture<?> released = giveUpLock();
        engine.places().leave(this);
        return released;
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
        if (!engine.mayAbort(reason) || !aborted.compareAndSet(null, reason)) {
            return false;
        }
        Consumer<AbortReason> waiting = whileWaiting;
        if (lifetime.isOpen()) {
            engine.narrator().aborted(this, reason, origin);
            fire(reason);
        } else if (waiting != null) {
            waiting.accept(reason);
        }
        return true;
    }

    /** Race, an abort against the opening: both may come here; the first does it. */
    private void fire(AbortReason reason) {
        if (!fired.compareAndSet(false, true)) {
            return;
        }
        engine.tally().aborted.increment();
        callbacks.fire(reason);
        passes.interrupt();
        engine.afterGrace(() -> giveBack("after abort-grace"));
    }

    /** The code still runs, and the chat is to be free all the same. */
    void giveBack(String why) {
        if (!lifetime.isOpen()) {
            return;
        }
        boolean heldLock = holdsLock();
        var unused = giveUpLock();
        boolean hadPlace = engine.places().leave(this);
        if (heldLock || hadPlace) {
            engine.narrator().givenBack(this, why, passes.stack());
        }
    }

    /** The lock is another's, or gone for good. */
    void lost(Lease.Loss loss) {
        boolean aborts = engine.abortsWhenLost(identity.call().rule(), loss);
        engine.tally().lost.increment();
        engine.narrator().lost(this, loss, aborts || isAborted());
        engine.places().leave(this);
        if (aborts) {
            abort(loss == Lease.Loss.SUPERSEDED ? AbortReason.SUPERSEDED : AbortReason.LOCK_LOST, "its lock is lost");
        }
    }

    /** Runs the task when the stream has ended, at once if it has. */
    void whenEnded(Runnable task) {
        engine.on(ended, nothing -> task.run());
    }

    void whenAborted(Consumer<AbortReason> action) {
        callbacks.add(action, false);
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
        return join() ? detachments.add(this) : Detachments.NOTHING;
    }

    /** The method that opened the stream threw: nothing that it detached goes on. */
    void abandonDetached() {
        detachments.abandon();
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
        return Optional.ofNullable(aborted.get());
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

    boolean isAborted() {
        return aborted.get() != null;
    }

    @Nullable
    Lease lease() {
        return lease;
    }

    Identity identity() {
        return identity;
    }

    long openFor(long now) {
        return lifetime.openFor(now);
    }

    /** Whether the abort marker that is there now is older than this call, or may be. */
    boolean ignoresMarker() {
        return ignoresMarker;
    }

    void ignoreMarker(boolean ignore) {
        ignoresMarker = ignore;
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
