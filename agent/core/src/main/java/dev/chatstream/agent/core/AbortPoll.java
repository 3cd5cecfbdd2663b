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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One sweep looks up the abort markers of all streams of this JVM, open or waiting, and the chats that waiting calls wait
 * for: each tick one batch a lane of each kind, never two at once. So a pod sends, for whoever waits here, one key a
 * waited-for chat a tick in batches of some hundreds, however many wait, and one acquire for a chat that looks free.
 */
final class AbortPoll {

    private final Engine engine;
    private final Set<Lane> marksUnderWay = ConcurrentHashMap.newKeySet();
    private final Set<Lane> looksUnderWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Admission> looking = new ConcurrentHashMap<>();

    AbortPoll(Engine engine) {
        this.engine = engine;
    }

    /** The candidate of its chat waits for a holder elsewhere, and is told when that has changed. */
    void look(Admission admission) {
        looking.put(admission.stream().chatId(), admission);
    }

    void tick() {
        long now = engine.now();
        long maxHold = engine.settings().maxHold().toNanos();
        Map<Lane, List<String>> ids = new HashMap<>();
        engine.registry().forEach(stream -> {
            if (maxHold > 0 && stream.openFor(now) >= maxHold) {
                stream.abort(AbortReason.MAX_HOLD, "it was open for longer than max-hold");
            }
            if (engine.hasStore() && !stream.isAborted()) {
                ids.computeIfAbsent(engine.laneOfMarker(stream.streamId()), lane -> new ArrayList<>())
                        .add(stream.streamId());
            }
        });
        ids.forEach(this::pollMarks);
        Map<Lane, List<String>> chats = new HashMap<>();
        looking.values()
                .forEach(
                        admission -> chats.computeIfAbsent(engine.laneOf(admission.stream()), lane -> new ArrayList<>())
                                .add(admission.stream().chatId()));
        chats.forEach(this::pollOwners);
    }

    private void pollMarks(Lane lane, List<String> streamIds) {
        if (!marksUnderWay.add(lane)) {
            return;
        }
        long sentAt = engine.now();
        engine.on(engine.store().marked(streamIds), answer -> {
            marksUnderWay.remove(lane);
            lane.heard(answer, sentAt, engine.now());
            if (answer instanceof Marks.Found found) {
                found.streamIds().forEach(id -> engine.registry().byStreamId(id).forEach(this::marked));
            }
        });
    }

    /** A marker that is older than the call is none of its business. */
    private void marked(OpenStream stream) {
        if (stream.ignoresMarker() || stream.isAborted()) {
            return;
        }
        Lease lease = stream.lease();
        if (!stream.isOpen() || lease == null || lease.remaining(engine.now()) <= 0) {
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
        if (!looksUnderWay.add(lane)) {
            return;
        }
        long sentAt = engine.now();
        engine.on(engine.store().owners(chatIds), answer -> {
            looksUnderWay.remove(lane);
            lane.heard(answer, sentAt, engine.now());
            chatIds.forEach(chatId -> looked(chatId, answer));
        });
    }

    private void looked(String chatId, Owners answer) {
        Admission admission = looking.get(chatId);
        if (admission == null || !admission.isWaiting()) {
            looking.remove(chatId);
            return;
        }
        String owner = switch (answer) {
            case Owners.Found found -> found.byChatId().get(chatId);
            case Failure unknown -> null; // the acquire finds out, and acts on the policy
        };
        if (admission.looked(owner)) {
            looking.remove(chatId, admission);
        }
    }
}
