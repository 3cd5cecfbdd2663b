package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A query whose answer is a future's; a failure is one of its answers. */
final class Question<T> extends Query {

    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Function<@Nullable Object, ? extends T> meaning;
    private final Function<Failure, ? extends T> failure;

    Question(
            CommandType command,
            byte[] key,
            Function<@Nullable Object, ? extends T> meaning,
            Function<Failure, ? extends T> failure,
            byte[]... words) {
        super(command, Keys.slot(key), words);
        this.meaning = meaning;
        this.failure = failure;
    }

    /** A question without a key, for the lane at hand. */
    Question(
            CommandType command,
            Function<@Nullable Object, ? extends T> meaning,
            Function<Failure, ? extends T> failure) {
        super(command, NO_KEY);
        this.meaning = meaning;
        this.failure = failure;
    }

    Question(
            Script script,
            byte[] key,
            Words words,
            Function<@Nullable Object, ? extends T> meaning,
            Function<Failure, ? extends T> failure) {
        super(script, Keys.slot(key), words);
        this.meaning = meaning;
        this.failure = failure;
    }

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    void answered(@Nullable Object reply) {
        future.complete(meaning.apply(reply));
    }

    @Override
    void failed(Failure why) {
        future.complete(failure.apply(why));
    }
}
