package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Claim;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The parts of the engine, put together once, and what they ask of each other. */
final class Engine {

    static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

    private final GuardSettings settings;
    private final RenewalPlan.Terms terms;
    private final @Nullable LeaseStore store;
    private final LongSupplier clock;
    private final Ids ids = new Ids();
    private final Tally tally = new Tally();
    private final Narrator narrator;
    private final Timetable timetable;
    private final Lanes lanes;
    private final Places places;
    private final Registry registry = new Registry();
    private final Releases releases;
    private final Heartbeat heartbeat;
    private final AbortPoll poll;
    private final Pacemaker pacemaker;
    private final Stats stats;
    private final Enforcement enforcement;
    private volatile boolean stopping;

    Engine(GuardSettings settings, @Nullable LeaseStore store, Journal journal, LongSupplier clock) {
        this.settings = settings;
        this.terms = RenewalPlan.Terms.of(settings);
        this.store = store;
        this.clock = clock;
        this.narrator = new Narrator(journal, settings.onRedisDown());
        this.pacemaker = new Pacemaker(this);
        this.timetable = new Timetable(clock, pacemaker::wake);
        this.enforcement = new Enforcement(settings);
        Outages outages = new Outages(narrator, timetable);
        this.stats = new Stats(this, outages);
        this.lanes = new Lanes(settings.commandTimeout().toNanos(), timetable, outages);
        this.places = new Places(settings.maxWaiters(), fault -> narrator.ownFault("in a hand-over", fault));
        this.releases = new Releases(this);
        this.heartbeat = new Heartbeat(this);
        this.poll = new AbortPoll(this);
    }

    /** A stream for this call, not yet registered. {@code chatId} empty: it has no chat, so no lock. */
    OpenStream streamFor(Call call, String chatId) {
        String given = call.streamId();
        boolean ownId = given == null;
        String nonce = ids.unique();
        stats.begin();
        String streamId = given == null ? nonce : given; // the first, and mostly the only, acquisition of that stream
        Lease lease = store == null || chatId.isEmpty() ? null : new Lease(new Claim(chatId, streamId, nonce), terms);
        return new OpenStream(this, new Identity(call, chatId, streamId, ownId), lease);
    }

    /** A stream for a further subscription to what the call of this one returned. It may find this one's marker, as any given id. */
    OpenStream sibling(OpenStream stream) {
        Identity identity = stream.identity();
        Claim claim = new Claim(identity.chatId(), identity.streamId(), ids.unique());
        Lease lease = store == null || identity.chatId().isEmpty() ? null : new Lease(claim, terms);
        return new OpenStream(
                this, new Identity(identity.call(), identity.chatId(), identity.streamId(), false), lease);
    }

    void opened(OpenStream stream) {
        tally.entered.increment();
        pacemaker.wake();
    }

    /** Tells the listener of the stream's call; an error of the listener's is no business of the stream's. */
    void tell(OpenStream stream, Call.Event event) {
        Call.Listener listener = stream.identity().call().listener();
        if (listener == null) {
            return;
        }
        try {
            listener.hear(stream.streamId(), event);
        } catch (RuntimeException | Error fault) {
            narrator.ownFault("in what hears of streams", fault);
        }
    }

    void ended(OpenStream stream) {
        registry.remove(stream);
    }

    /** In observe mode: it runs in a chat that another stream holds. */
    void enterWithoutLock(OpenStream stream, String why) {
        tally.wouldBeBusy.increment();
        narrator.wouldBeBusy(stream, why, enforcement.mode());
        stream.renounce();
        stream.open();
    }

    /** An aborted stream that still runs then loses its chat. */
    void beginGrace(Lifetime lifetime) {
        if (settings.abortGrace().isZero()) {
            Eviction.afterGrace(this, lifetime);
        } else {
            timetable.after(settings.abortGrace().toNanos(), () -> Eviction.afterGrace(this, lifetime));
        }
    }

    Lane laneOf(OpenStream stream) {
        return laneOfChat(stream.chatId());
    }

    Lane laneOfChat(String chatId) {
        return lanes.of(store().laneOfChat(chatId));
    }

    Lane laneOfMarker(String streamId) {
        return lanes.of(store().laneOfStream(streamId));
    }

    /** Asks a lane that is down for a sign of life; at most one such question is under way. */
    void probe(Lane lane) {
        if (lane.beginsProbe()) {
            long sentAt = now();
            on(store().ping(lane.name()), answer -> lane.heard(Outages.Work.OTHER, answer, sentAt, now()));
        }
    }

    /** Goes on with an answer; an error of our own in what follows is told, not lost in a future. */
    <T> void on(CompletableFuture<T> answer, Consumer<? super T> next) {
        on(answer, next, fault -> {});
    }

    /** @param undo is run after such an error */
    <T> void on(CompletableFuture<T> answer, Consumer<? super T> next, Consumer<? super Throwable> undo) {
        var unused = answer.thenAccept(next).exceptionally(fault -> {
            narrator.ownFault("after an answer", fault);
            undo.accept(fault);
            return null;
        });
    }

    /** One of many that a sweep sees to: an error of our own is told, and costs the others nothing. */
    void alone(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error fault) {
            narrator.ownFault("in a sweep", fault);
        }
    }

    RenewalPlan.Terms terms() {
        return terms;
    }

    void open() {
        if (store != null && !stopping) {
            lanes.expect(store.laneOfChat(""));
            store.open(lanes);
        }
    }

    /** Nothing enters any more. */
    void stop() {
        stopping = true;
    }

    /** After all streams: threads and connections end. */
    void end() {
        pacemaker.stop();
        lanes.end();
        if (store != null) {
            store.close();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    Enforcement enforcement() {
        return enforcement;
    }

    boolean isObserving() {
        return enforcement.isNone();
    }

    boolean hasStore() {
        return store != null;
    }

    LeaseStore store() {
        return Objects.requireNonNull(store, "no store");
    }

    long now() {
        return clock.getAsLong();
    }

    void wake() {
        pacemaker.wake();
    }

    GuardSettings settings() {
        return settings;
    }

    Narrator narrator() {
        return narrator;
    }

    Tally tally() {
        return tally;
    }

    Timetable timetable() {
        return timetable;
    }

    Registry registry() {
        return registry;
    }

    Places places() {
        return places;
    }

    Releases releases() {
        return releases;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    AbortPoll poll() {
        return poll;
    }

    Pacemaker pacemaker() {
        return pacemaker;
    }
}
