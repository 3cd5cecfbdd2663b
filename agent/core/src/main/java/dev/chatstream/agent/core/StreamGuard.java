package dev.chatstream.agent.core;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The way into the engine: one per JVM. */
public final class StreamGuard {

    /** Who holds chats. {@code verified}: the store said so; otherwise only this JVM is known. */
    public record Owners(boolean verified, Map<String, String> byChatId) {}

    private final Engine engine;
    private final Entrance entrance;
    private final Stops stops;
    private final Shutdown shutdown;
    private final AtomicBoolean opened = new AtomicBoolean();

    StreamGuard(GuardSettings settings, @Nullable LeaseStore store, Journal journal, LongSupplier clock) {
        this(settings, store, journal, clock, EventLoops::isHere);
    }

    /** @param onEventLoop whether the calling thread must not block */
    StreamGuard(
            GuardSettings settings,
            @Nullable LeaseStore store,
            Journal journal,
            LongSupplier clock,
            BooleanSupplier onEventLoop) {
        this.engine = new Engine(settings, store, journal, clock);
        this.entrance = new Entrance(engine, onEventLoop);
        this.stops = new Stops(engine);
        this.shutdown = new Shutdown(engine);
    }

    /**
     * Starts the engine. Nothing connects before {@link #open}.
     *
     * @param store where locks are kept; null: streams exclude each other within this JVM only
     */
    public static StreamGuard start(GuardSettings settings, @Nullable LeaseStore store, Journal journal) {
        StreamGuard guard = new StreamGuard(settings, store, journal, System::nanoTime);
        guard.engine.pacemaker().start();
        return guard;
    }

    /** Makes the store connect, in the background: a method is guarded now. Idempotent. */
    public void open() {
        if (opened.compareAndSet(false, true)) {
            if (engine.hasStore()) {
                engine.open();
            } else {
                engine.narrator().noStore();
            }
        }
    }

    /**
     * Lets a call in, or says why not. Blocks as its policy says: at most the acquire timeout for a busy chat, the command
     * timeout for the store; on an event loop not at all where the value is subscribed to, else 100 ms.
     */
    public Entry enter(Call call) {
        return entrance.enter(call, this::open);
    }

    /** The same for a function that suspends: never blocks. The answer is a refusal, or {@link Entry.Suspended}. */
    public Entry enterSuspended(Call call) {
        return entrance.enterSuspended(call, this::open);
    }

    /**
     * Changes the mode. Where nothing is enforced from now on, calls that wait enter without a lock; what is open is kept to
     * its end. Never blocks.
     */
    public void switchTo(GuardSettings.Mode mode) {
        GuardSettings.Mode before = engine.enforcement().mode();
        if (mode != before) {
            engine.narrator().switched(before, mode, engine.enforcement().switchTo(mode, engine.registry()));
        }
    }

    /** Whether calls are to pass untouched, and are not to come here. */
    public boolean isOff() {
        return engine.enforcement().mode() == GuardSettings.Mode.OFF;
    }

    /** Whether the calling thread must not block. */
    public static boolean isOnEventLoop() {
        return EventLoops.isHere();
    }

    /** The innermost open stream that the calling thread runs in. */
    public @Nullable GuardedStream current() {
        return Scope.current();
    }

    /** Stops a stream wherever it runs. Fails with an IOException where the store could not be asked and it is not here. */
    public CompletableFuture<@Nullable Void> abort(String streamId) {
        return stops.abort(streamId);
    }

    /** Stops the stream that holds the chat and names it. Fails as {@link #abort}. */
    public CompletableFuture<Optional<String>> abortChat(String chatId) {
        return stops.abortChat(chatId);
    }

    /** The stream that holds the chat. Fails as {@link #abort}. */
    public CompletableFuture<Optional<String>> owner(String chatId) {
        return stops.owner(chatId);
    }

    /** The streams that hold these chats; never fails. */
    public CompletableFuture<Owners> owners(Collection<String> chatIds) {
        return stops.owners(chatIds);
    }

    /**
     * Aborts and releases whatever is open, ends what waits, closes the store; at most two seconds. Calls that enter later
     * are refused.
     */
    public void shutdown() {
        shutdown.run();
    }

    Engine engine() {
        return engine;
    }

    Entrance entrance() {
        return entrance;
    }
}
