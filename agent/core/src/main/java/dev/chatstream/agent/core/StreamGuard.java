package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The way into the engine: one per JVM. */
public final class StreamGuard {

    /** Who holds chats. {@code verified}: the store said so; otherwise only this JVM is known. */
    public record Owners(boolean verified, Map<String, String> byChatId) {}

    private final Engine engine;
    private final Stops stops;
    private final Shutdown shutdown;
    private final long releasePatience;
    private final AtomicBoolean opened = new AtomicBoolean();

    StreamGuard(GuardSettings settings, @Nullable LeaseStore store, Journal journal, LongSupplier clock) {
        this.engine = new Engine(settings, store, journal, clock);
        this.stops = new Stops(engine);
        this.shutdown = new Shutdown(engine);
        this.releasePatience = settings.commandTimeout().toNanos();
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
     * timeout for the store.
     */
    public Entry enter(Call call) {
        String chatId = Ids.isUsable(call.chatId()) ? Objects.requireNonNull(call.chatId()) : "";
        OpenStream outer = chatId.isEmpty() ? null : Scope.currentOf(chatId);
        if (outer != null) {
            Optional<AbortReason> aborted = outer.abortReason();
            if (aborted.isPresent()) {
                return Refusals.joinedAborted(outer, aborted.get());
            }
            if (outer.join()) {
                return frame(outer, false, call);
            }
        }
        open();
        if (!chatId.isEmpty()) {
            return await(admit(call, chatId), call);
        }
        return withoutChat(call);
    }

    private Entry withoutChat(Call call) {
        String why = call.chatId() == null
                ? "with no chat id"
                : call.chatId().isBlank()
                        ? "with a blank chat id"
                        : "with a chat id of more than " + Ids.LONGEST_CHAT_ID + " bytes";
        if (engine.settings().onMissingChatId() == OnMissingChatId.REJECT && !engine.isObserving()) {
            return new Entry.MissingChatId(call.rule().method() + " was called " + why);
        }
        engine.narrator().missingChatId(call.rule().method(), why);
        OpenStream stream = engine.streamFor(call, "");
        stream.markers().lookWithoutChat();
        engine.registry().add(stream);
        if (engine.isStopping()) {
            stream.refuse();
            return Refusals.aborted(stream, AbortReason.SHUTDOWN);
        }
        stream.open();
        return frame(stream, true, call);
    }

    /** The way in that does not block. */
    Admission admit(Call call, String chatId) {
        OnBusy onBusy = engine.isObserving()
                ? OnBusy.REJECT
                : Objects.requireNonNullElse(
                        call.rule().onBusy(), engine.settings().onBusy());
        Admission admission = new Admission(engine, engine.streamFor(call, chatId), onBusy);
        try {
            admission.begin();
        } catch (RuntimeException | Error fault) {
            admission.decision().failed(fault); // or it would keep a place that nobody gives on
            throw fault;
        }
        return admission;
    }

    private Entry await(Admission admission, Call call) {
        Decision.Outcome outcome = awaitOutcome(admission);
        return switch (outcome) {
            case Decision.Outcome.In in -> frame(in.stream(), true, call);
            case Decision.Outcome.Out out -> out.refusal();
        };
    }

    /** An interrupt ends the wait for a busy chat, and is kept; it does not end the wait for an answer of the store. */
    private static Decision.Outcome awaitOutcome(Admission admission) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return admission
                            .decision()
                            .outcome()
                            .get(admission.patience().longest(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                    admission.interrupted();
                } catch (ExecutionException | TimeoutException fault) {
                    admission.decision().failed(fault);
                    throw new IllegalStateException("no outcome for " + admission.stream(), fault);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Entry frame(OpenStream stream, boolean opener, Call call) {
        return new Frame(stream, opener, call.rule().interruptible(), releasePatience);
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
}
