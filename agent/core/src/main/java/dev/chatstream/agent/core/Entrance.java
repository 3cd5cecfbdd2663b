package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How calls and subscriptions get in.
 *
 * <pre>
 *                  inside a stream of its chat ─────────────────▶ joins it
 *                  no chat id ──────────────────────────────────▶ a stream without a lock
 *   a call ──▶     on a thread that may block ──────────────────▶ waits for its {@link Admission}
 *                  on an event loop, returns a publisher ───────▶ prepared: the first subscription begins the admission
 *                  on an event loop, returns anything else ─────▶ one attempt of 100 ms
 * </pre>
 */
final class Entrance {

    /** So long, and not longer, a call may hold up an event loop. */
    private static final Duration ON_EVENT_LOOP = Duration.ofMillis(100);

    private final Engine engine;
    private final BooleanSupplier onEventLoop;

    /** @param onEventLoop whether the calling thread must not block */
    Entrance(Engine engine, BooleanSupplier onEventLoop) {
        this.engine = engine;
        this.onEventLoop = onEventLoop;
    }

    /** @param open makes the store connect */
    Entry enter(Call call, Runnable open) {
        boolean mustNotBlock = onEventLoop.getAsBoolean();
        boolean suspended = BlockingDetection.suspend(mustNotBlock);
        try {
            return enter(call, open, mustNotBlock);
        } finally {
            BlockingDetection.resume(suspended);
        }
    }

    private Entry enter(Call call, Runnable open, boolean mustNotBlock) {
        String chatId = Ids.isUsable(call.chatId()) ? Objects.requireNonNull(call.chatId()) : "";
        OpenStream outer = chatId.isEmpty() ? null : Scope.currentOf(chatId);
        if (outer != null) {
            Optional<AbortReason> aborted = outer.abortReason();
            if (aborted.isPresent()) {
                return Refusals.joinedAborted(outer, aborted.get());
            }
            if (outer.join()) {
                return frame(outer, Frame.Part.JOINED, call);
            }
        }
        open.run();
        if (chatId.isEmpty()) {
            return withoutChat(call);
        }
        Membership.closeLastOf(chatId);
        OpenStream stream = engine.streamFor(call, chatId);
        if (!mustNotBlock) {
            return entry(awaitOutcome(admit(stream)), call);
        }
        return call.rule().subscribed() ? prepare(stream, call) : atOnce(stream, call);
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
        Entry.Refusal refusal = openWithoutChat(stream);
        return refusal == null ? frame(stream, Frame.Part.OPENER, call) : refusal;
    }

    /** Null: it is open. */
    Entry.@Nullable Refusal openWithoutChat(OpenStream stream) {
        stream.markers().lookWithoutChat();
        engine.registry().add(stream);
        if (engine.isStopping()) {
            stream.refuse();
            return Refusals.aborted(stream, AbortReason.SHUTDOWN);
        }
        stream.open();
        return null;
    }

    /** The body runs before the stream has its lock; a Stop counts from now on. */
    private Entry prepare(OpenStream stream, Call call) {
        stream.lifetime().prepare();
        engine.registry().add(stream);
        if (engine.isStopping()) {
            stream.refuse();
            return Refusals.aborted(stream, AbortReason.SHUTDOWN);
        }
        return frame(stream, Frame.Part.OPENER, call);
    }

    private Entry atOnce(OpenStream stream, Call call) {
        engine.narrator().onEventLoop(call.rule().method());
        Admission admission = Objects.requireNonNull(admit(stream, OnBusy.REJECT));
        try {
            return entry(awaitAtOnce(admission), call);
        } catch (RuntimeException | Error fault) {
            abandon(admission, fault);
            throw fault;
        }
    }

    /** Race, the answer against the end of the attempt: the {@link Decision} is made by whichever comes first. */
    private static Decision.Outcome awaitAtOnce(Admission admission) {
        try {
            return admission.decision().outcome().get(ON_EVENT_LOOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            admission
                    .decision()
                    .unreachable(new Failure(
                            Failure.Kind.NO_ANSWER, "no answer within " + ON_EVENT_LOOP.toMillis() + " ms"));
        } catch (InterruptedException interrupt) {
            admission.interrupted();
            Thread.currentThread().interrupt();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("no outcome for " + admission.stream(), fault);
        }
        return awaitOutcome(admission);
    }

    /** Nobody waits for it any more, since something threw out of the wait: a lock that it has, or gets, is given back. */
    private static void abandon(Admission admission, Throwable fault) {
        admission.decision().failed(fault);
        var unused = admission.decision().outcome().thenAccept(outcome -> {
            if (outcome instanceof Decision.Outcome.In in) { // race, the answer against the throw: it was in before
                var unusedRelease = in.stream().depart();
            }
        });
    }

    /** The way in that does not block, of a stream that is neither in nor out. */
    Admission admit(OpenStream stream) {
        return Objects.requireNonNull(admitPrepared(stream), "it is in, or out");
    }

    /** The same for one that may be by now: null. Where its admission has begun already, that. */
    @Nullable
    Admission admitPrepared(OpenStream stream) {
        OnBusy asked = stream.identity().call().rule().onBusy();
        return admit(stream, Objects.requireNonNullElse(asked, engine.settings().onBusy()));
    }

    private @Nullable Admission admit(OpenStream stream, OnBusy onBusy) {
        Admission mine = new Admission(engine, stream, engine.isObserving() ? OnBusy.REJECT : onBusy);
        Admission admission = stream.lifetime().wayIn(mine);
        if (admission == null || !admission.equals(mine)) {
            return admission;
        }
        try {
            admission.begin();
        } catch (RuntimeException | Error fault) {
            admission.decision().failed(fault); // or it would keep a place that nobody gives on
            throw fault;
        }
        return admission;
    }

    private Entry entry(Decision.Outcome outcome, Call call) {
        return switch (outcome) {
            case Decision.Outcome.In in -> frame(in.stream(), Frame.Part.OPENER, call);
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

    private Entry frame(OpenStream stream, Frame.Part part, Call call) {
        return new Frame(this, stream, part, call, onEventLoop.getAsBoolean());
    }

    Engine engine() {
        return engine;
    }
}
