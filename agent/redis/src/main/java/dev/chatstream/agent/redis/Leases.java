package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Asked;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import dev.chatstream.agent.core.LeaseStore.Standing;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the scripts are asked: to take, renew, give back and ask for locks. */
final class Leases {

    /** So many leases stand in one command at most: longer ones would hold up everybody else at the server. */
    static final int BATCH = 256;

    private static final byte[] TWO_KEYS = Keys.bytes("2");

    private final Keys keys;
    private final byte[] ttl;
    private final byte[] keep = millis(GuardSettings.KEEP);

    Leases(Keys keys, Duration lockTtl) {
        this.keys = keys;
        this.ttl = millis(lockTtl);
    }

    private static byte[] millis(Duration duration) {
        return Keys.bytes(Long.toString(duration.toMillis()));
    }

    CompletableFuture<Acquisition> acquire(
            Sender sender, Claim claim, @Nullable Holder overrule, boolean lookForMarker) {
        byte[] lock = keys.lock(claim.chatId());
        List<byte[]> words = new ArrayList<>(10);
        words.add(Script.ACQUIRE.sha());
        words.add(TWO_KEYS);
        words.add(lock);
        words.add(keys.record(claim.chatId()));
        words.add(Keys.bytes(claim.streamId()));
        words.add(Keys.bytes(claim.nonce()));
        words.add(ttl);
        words.add(keep);
        if (overrule != null) {
            words.add(Keys.bytes(overrule.streamId()));
            words.add(Keys.bytes(overrule.nonce()));
        }
        int slot = sender.isCluster() ? Keys.slot(lock) : Query.NO_KEY;
        Acquiring acquiring = new Acquiring(slot, Words.of(words));
        if (lookForMarker) {
            byte[] marker = keys.marker(claim.streamId());
            sender.send(List.of(
                    acquiring.lookUp(sender.isCluster() ? Keys.slot(marker) : Query.NO_KEY, marker), acquiring));
        } else {
            sender.send(List.of(acquiring));
        }
        return acquiring.future();
    }

    CompletableFuture<List<Renewal>> renew(Sender sender, List<Renewing> leases) {
        Gather<Renewal> gather = new Gather<>(leases.size());
        Batches<Renewing> batches =
                new Batches<>(BATCH, lease -> keys.lock(lease.claim().chatId()));
        sender.send(batches.of(leases, sender.isCluster(), (slot, batch) -> renewal(slot, batch, gather)));
        return gather.future();
    }

    private Query renewal(int slot, List<Batches.Item<Renewing>> batch, Gather<Renewal> gather) {
        List<byte[]> words = new ArrayList<>(4 + 6 * batch.size());
        words.add(Script.RENEW.sha());
        words.add(Keys.bytes(Integer.toString(2 * batch.size())));
        for (Batches.Item<Renewing> item : batch) {
            words.add(item.key());
            words.add(keys.record(item.value().claim().chatId()));
        }
        words.add(ttl);
        words.add(keep);
        for (Batches.Item<Renewing> item : batch) {
            Renewing lease = item.value();
            words.add(Keys.bytes(lease.claim().streamId()));
            words.add(Keys.bytes(lease.claim().nonce()));
            words.add(Keys.bytes(Long.toString(lease.fence())));
            words.add(
                    switch (lease.again()) {
                        case NEVER -> new byte[] {'0'};
                        case UNLESS_ANOTHER_CAME -> new byte[] {'1'};
                        case ALSO_WHEN_FORGOTTEN -> new byte[] {'2'};
                    });
        }
        return new Query(Script.RENEW, slot, Words.of(words)) {
            @Override
            void answered(@Nullable Object reply) {
                List<?> verdicts = (List<?>) Objects.requireNonNull(reply);
                Renewal[] answers = new Renewal[batch.size()];
                for (int i = 0; i < answers.length; i++) {
                    answers[i] = Answers.renewal(verdicts.get(i), server());
                }
                for (int i = 0; i < answers.length; i++) {
                    gather.put(batch.get(i).index(), answers[i]);
                }
            }

            @Override
            void failed(Failure failure) {
                batch.forEach(item -> gather.put(item.index(), failure));
            }
        };
    }

    CompletableFuture<List<Released>> release(Sender sender, List<Releasing> claims) {
        Gather<Released> gather = new Gather<>(claims.size());
        List<Query> queries = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            Releasing releasing = claims.get(i);
            if (releasing.clearMarker()) {
                queries.add(new Unmark(keys.marker(releasing.claim().streamId())));
            }
            int index = i;
            Question<Released> question = release(releasing.claim());
            var unused = question.future().thenAccept(released -> gather.put(index, released));
            queries.add(question);
        }
        sender.send(queries);
        return gather.future();
    }

    private Question<Released> release(Claim claim) {
        byte[] lock = keys.lock(claim.chatId());
        Words words = Words.of(
                Script.RELEASE.sha(),
                TWO_KEYS,
                lock,
                keys.record(claim.chatId()),
                Keys.bytes(claim.streamId()),
                Keys.bytes(claim.nonce()),
                keep);
        return new Question<>(Script.RELEASE, lock, words, Answers::released, failure -> failure);
    }

    CompletableFuture<Asked> ask(Sender sender, String chatId, Holder holder) {
        byte[] lock = keys.lock(chatId);
        Words words = Words.of(
                Script.ASK.sha(),
                TWO_KEYS,
                lock,
                keys.record(chatId),
                Keys.bytes(holder.streamId()),
                Keys.bytes(holder.nonce()),
                keep);
        Question<Asked> question = new Question<>(Script.ASK, lock, words, Answers::asked, failure -> failure);
        sender.send(List.of(question));
        return question.future();
    }

    CompletableFuture<Standing> standing(Sender sender, Claim claim) {
        byte[] record = keys.record(claim.chatId());
        Question<Standing> question = new Question<>(
                CommandType.GET, record, reply -> Answers.standing(reply, claim.nonce()), failure -> failure, record);
        sender.send(List.of(question));
        return question.future();
    }

    /** Deletes a marker on the way; nobody waits for it, and it runs out by itself where this fails. */
    private static final class Unmark extends Query {
        Unmark(byte[] marker) {
            super(CommandType.DEL, Keys.slot(marker), marker);
        }

        @Override
        void answered(@Nullable Object reply) {}

        @Override
        void failed(Failure failure) {}
    }
}
