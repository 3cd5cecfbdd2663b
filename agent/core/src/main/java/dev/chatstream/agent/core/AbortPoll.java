package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Marks;
import dev.chatstream.agent.core.LeaseStore.Owners;
import dev.chatstream.agent.core.LeaseStore.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One sweep looks up the abort markers of all streams of this JVM, open or waiting, and the chats that waiting calls wait
 * for: each tick one batch a lane of each kind, never two at once. So a pod sends, for whoever waits here, one key a
 * waited-for chat a tick in batches of some hundreds, however many wait, and one acquire for a chat that looks free.
 */
final class AbortPoll {

    /** What one look for markers asks. */
    private static final class Batch {
        private final List<String> ids = new ArrayList<>();
        /** Those that do not know yet that no older marker is in their way. */
        private final List<OpenStream> unsure = new ArrayList<>(0);

        void add(OpenStream stream) {
            ids.add(stream.streamId());
            if (!stream.markers().count()) {
                unsure.add(stream);
            }
        }
    }

    private final Engine engine;
    private final InFlight marksUnderWay;
    private final InFlight looksUnderWay;
    private final Map<String, Admission> looking = new ConcurrentHashMap<>();

    AbortPoll(Engine engine) {
        this.engine = engine;
        this.marksUnderWay = new InFlight(engine.terms().stuckAfter());
        this.looksUnderWay = new InFlight(engine.terms().stuckAfter());
    }

    /** The candidate of its chat waits for a holder elsewhere, and is told when that has changed. */
    void look(Admission admission) {
        looking.put(admission.stream().chatId(), admission);
    }

    void forget(Admission admission) {
        looking.remove(admission.stream().chatId(), admission);
    }

    void tick() {
        long now = engine.now();
        long maxHold = engine.settings().maxHold().toNanos();
        Map<Lane, Batch> ids = new HashMap<>();
        engine.registry()
                .forEach(stream -> engine.alone(() -> {
                    if (maxHold > 0 && stream.lifetime().openFor(now) >= maxHold && holdsItsChat(stream)) {
                        stream.abort(AbortReason.MAX_HOLD, "it was open for longer than max-hold");
                    }
                    if (engine.hasStore() && !stream.isAborted()) {
                        ids.computeIfAbsent(engine.laneOfMarker(stream.streamId()), lane -> new Batch())
                                .add(stream);
                    }
                }));
        ids.forEach((lane, batch) -> engine.alone(() -> pollMarks(lane, batch)));
        Map<Lane, List<String>> chats = new HashMap<>();
        looking.values()
                .forEach(
                        admission -> chats.computeIfAbsent(engine.laneOf(admission.stream()), lane -> new ArrayList<>())
                                .add(admission.stream().chatId()));
        chats.forEach((lane, all) -> engine.alone(() -> pollOwners(lane, all)));
    }

    /** Here, be it without a lock: a stream that has lost its chat, or never had one, is nobody's hindrance. */
    private boolean holdsItsChat(OpenStream stream) {
        return engine.places().holderOf(stream.chatId()) == stream;
    }

    private void pollMarks(Lane lane, Batch batch) {
        long sentAt = engine.now();
        if (!marksUnderWay.begins(lane, sentAt) || !marksUnderWay.sends(lane, sentAt)) {
            return;
        }
        engine.on(
                Questions.ask(() -> engine.store().marked(batch.ids)),
                answer -> {
                    marksUnderWay.over(lane, sentAt);
                    lane.heard(Outages.Work.POLL, answer, sentAt, engine.now());
                    if (answer instanceof Marks.Found found) {
                        found.streamIds()
                                .forEach(id -> engine.registry()
                                        .byStreamId(id)
                                        .forEach(stream -> engine.alone(() -> marked(stream))));
                        batch.unsure.forEach(stream ->
                                stream.markers().seen(found.streamIds().contains(stream.streamId())));
                    }
                },
                fault -> marksUnderWay.over(lane, sentAt));
    }

    /** A marker that is older than the call is none of its business. */
    private void marked(OpenStream stream) {
        if (!stream.markers().count() || stream.isAborted()) {
            return;
        }
        Lease lease = stream.lease();
        if (!stream.isOpen() || lease == null || !lease.isHeld()) {
            stop(stream, AbortReason.STOPPED);
            return;
        }
        engine.on(engine.store().standing(lease.claim()), standing -> stop(stream, reason(standing)));
    }

    private static AbortReason reason(Standing standing) {
        return switch (standing) {
            case Standing.Mine mine -> AbortReason.STOPPED;
            case Standing.MineButAsked asked -> AbortReason.SUPERSEDED;
            case Standing.NotMine other -> AbortReason.SUPERSEDED;
            case Standing.NoRecord lost -> AbortReason.STOPPED;
            case Failure unknown -> AbortReason.STOPPED; // somebody wants it to end, whoever that is
        };
    }

    /** Aborted first, the marker cleared after; a call that only waits clears nothing, it may be meant for the holder. */
    private void stop(OpenStream stream, AbortReason reason) {
        boolean open = stream.isOpen();
        stream.abort(reason, "by the abort marker in Redis");
        if (open) {
            engine.on(engine.store().clear(stream.streamId()), written -> {}); // what is left expires
        }
    }

    private void pollOwners(Lane lane, List<String> chatIds) {
        long sentAt = engine.now();
        if (!looksUnderWay.begins(lane, sentAt) || !looksUnderWay.sends(lane, sentAt)) {
            return;
        }
        engine.on(
                Questions.ask(() -> engine.store().owners(chatIds)),
                answer -> {
                    looksUnderWay.over(lane, sentAt);
                    lane.heard(Outages.Work.POLL, answer, sentAt, engine.now());
                    chatIds.forEach(chatId -> engine.alone(() -> looked(chatId, answer)));
                },
                fault -> looksUnderWay.over(lane, sentAt));
    }

    private void looked(String chatId, Owners answer) {
        Admission admission = looking.get(chatId);
        if (admission == null) {
            return;
        }
        String owner = switch (answer) {
            case Owners.Found found -> found.byChatId().get(chatId);
            case Failure unknown -> null; // the acquire finds out, and acts on the policy
        };
        admission.looked(owner);
    }
}
