package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Objects;
import java.util.Optional;
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
 *                  a function that suspends ────────────────────▶ {@link Afloat}: waits for its admission without a thread
 * </pre>
 */
final class Entrance {

    private final Engine engine;
    private final BooleanSupplier onEventLoop;

    /** @param onEventLoop whether the calling thread must not block */
    Entrance(Engine engine, BooleanSupplier onEventLoop) {
        this.engine = engine;
        this.onEventLoop = onEventLoop;
    }

    /** How a call is inside of its stream, and how it waits to be. */
    private interface Manner {
        Entry in(OpenStream stream, Frame.Part part, Call call);

        Entry admit(OpenStream stream, Call call);
    }

    /** @param open makes the store connect */
    Entry enter(Call call, Runnable open) {
        boolean mustNotBlock = onEventLoop.getAsBoolean();
        return enter(call, open, mustNotBlock, new OnThread(mustNotBlock));
    }

    /** The same for a function that suspends: never blocks. */
    Entry enterSuspended(Call call, Runnable open) {
        return enter(call, open, true, new WithoutThread());
    }

    private Entry enter(Call call, Runnable open, boolean mustNotBlock, Manner manner) {
        boolean suspended = BlockingDetection.suspend(mustNotBlock);
        try {
            return enter(call, open, manner);
        } finally {
            BlockingDetection.resume(suspended);
        }
    }

    private Entry enter(Call call, Runnable open, Manner manner) {
        String chatId = Ids.isUsable(call.chatId()) ? Objects.requireNonNull(call.chatId()) : "";
        OpenStream outer = chatId.isEmpty() ? null : Scope.currentOf(chatId);
        if (outer != null) {
            Optional<AbortReason> aborted = outer.abortReason();
            if (aborted.isPresent()) {
                return Refusals.joinedAborted(outer, aborted.get());
            }
            if (outer.join()) {
                return manner.in(outer, Frame.Part.JOINED, call);
            }
        }
        open.run();
        if (chatId.isEmpty()) {
            return withoutChat(call, manner);
        }
        Membership.closeLastOf(chatId);
        return manner.admit(engine.streamFor(call, chatId), call);
    }

    /** The thread that calls is inside until the method returns. */
    private final class OnThread implements Manner {
        private final boolean mustNotBlock;

        OnThread(boolean mustNotBlock) {
            this.mustNotBlock = mustNotBlock;
        }

        @Override
        public Entry in(OpenStream stream, Frame.Part part, Call call) {
            return frame(stream, part, call);
        }

        @Override
        public Entry admit(OpenStream stream, Call call) {
            if (!mustNotBlock) {
                return entry(Waits.toTheEnd(Entrance.this.admit(stream)), call);
            }
            return call.rule().subscribed() ? prepare(stream, call) : atOnce(stream, call);
        }
    }

    private final class WithoutThread implements Manner {
        @Override
        public Entry in(OpenStream stream, Frame.Part part, Call call) {
            return new Afloat(Entrance.this, stream, part, call, null);
        }

        @Override
        public Entry admit(OpenStream stream, Call call) {
            return new Afloat(Entrance.this, stream, Frame.Part.OPENER, call, Entrance.this.admit(stream));
        }
    }

    private Entry withoutChat(Call call, Manner manner) {
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
        return refusal == null ? manner.in(stream, Frame.Part.OPENER, call) : refusal;
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
            return entry(Waits.atOnce(admission), call);
        } catch (RuntimeException | Error fault) {
            abandon(admission, fault);
            throw fault;
        }
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

    private Entry frame(OpenStream stream, Frame.Part part, Call call) {
        return new Frame(this, stream, part, call, onEventLoop.getAsBoolean());
    }

    Engine engine() {
        return engine;
    }
}
