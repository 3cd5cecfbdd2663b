package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Marks;
import dev.chatstream.agent.core.LeaseStore.Owners;
import dev.chatstream.agent.core.LeaseStore.Remaining;
import dev.chatstream.agent.core.LeaseStore.Written;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked without a script: abort markers, who holds a chat, a sign of life. */
final class Lookups {

    /** So many keys stand in one command at most. */
    static final int BATCH = 512;

    private static final byte[] MARKED = {'1'};
    private static final byte[] EXPIRES_IN = Keys.bytes("PX");
    private static final byte[] ONE_HOUR = Keys.bytes(Long.toString(LeaseStore.MARKER_TTL.toMillis()));
    private static final Written DONE = new Written.Done();

    private final Keys keys;

    Lookups(Keys keys) {
        this.keys = keys;
    }

    static boolean isMarker(@Nullable Object value) {
        return value instanceof byte[] bytes && bytes.length == 1 && bytes[0] == MARKED[0];
    }

    CompletableFuture<Marks> marked(Sender sender, Collection<String> streamIds) {
        Set<String> found = new HashSet<>();
        return each(
                sender,
                new Batches<>(BATCH, keys::marker),
                streamIds,
                (id, value) -> {
                    if (isMarker(value)) {
                        found.add(id);
                    }
                },
                () -> new Marks.Found(found),
                failure -> failure);
    }

    CompletableFuture<Owners> owners(Sender sender, Collection<String> chatIds) {
        Map<String, String> found = new HashMap<>();
        return each(
                sender,
                new Batches<>(BATCH, keys::lock),
                chatIds,
                (id, value) -> {
                    if (value != null) {
                        found.put(id, Answers.text(value));
                    }
                },
                () -> new Owners.Found(found),
                failure -> failure);
    }

    /** Reads many keys; one failure fails the whole, since half an answer would look like a whole one. */
    private static <T> CompletableFuture<T> each(
            Sender sender,
            Batches<String> batches,
            Collection<String> ids,
            BiConsumer<String, @Nullable Object> seen,
            Supplier<? extends T> whole,
            Function<Failure, ? extends T> failed) {
        List<Query> queries;
        CompletableFuture<T> future = new CompletableFuture<>();
        int[] missing = {0};
        queries = batches.of(ids, sender.isCluster(), (slot, batch) -> new Query(CommandType.MGET, slot, names(batch)) {
            @Override
            void answered(@Nullable Object reply) {
                List<?> values = (List<?>) Objects.requireNonNull(reply);
                for (int i = 0; i < batch.size(); i++) {
                    seen.accept(batch.get(i).value(), values.get(i));
                }
                if (--missing[0] == 0) {
                    future.complete(whole.get());
                }
            }

            @Override
            void failed(Failure failure) {
                future.complete(failed.apply(failure));
            }
        });
        missing[0] = queries.size();
        if (queries.isEmpty()) {
            future.complete(whole.get());
        } else {
            sender.send(queries);
        }
        return future;
    }

    private static byte[][] names(List<Batches.Item<String>> batch) {
        return batch.stream().map(Batches.Item::key).toArray(byte[][]::new);
    }

    CompletableFuture<Remaining> markerLeft(Sender sender, String streamId) {
        byte[] marker = keys.marker(streamId);
        Question<Remaining> question = new Question<>(
                CommandType.PTTL,
                marker,
                reply -> new Remaining.Left(Duration.ofMillis(Math.max(0, (Long) Objects.requireNonNull(reply)))),
                failure -> failure,
                marker);
        sender.send(List.of(question));
        return question.future();
    }

    CompletableFuture<Written> mark(Sender sender, String streamId) {
        byte[] marker = keys.marker(streamId);
        return write(sender, CommandType.SET, marker, marker, MARKED, EXPIRES_IN, ONE_HOUR);
    }

    CompletableFuture<Written> clear(Sender sender, String streamId) {
        byte[] marker = keys.marker(streamId);
        return write(sender, CommandType.DEL, marker, marker);
    }

    private static CompletableFuture<Written> write(Sender sender, CommandType command, byte[] key, byte[]... words) {
        Question<Written> question = new Question<>(command, key, reply -> DONE, failure -> failure, words);
        sender.send(List.of(question));
        return question.future();
    }

    CompletableFuture<Written> ping(Sender sender, String lane) {
        Question<Written> question = new Question<>(CommandType.PING, reply -> DONE, failure -> failure);
        sender.sendTo(lane, question);
        return question.future();
    }
}
