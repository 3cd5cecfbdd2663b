package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.StreamGuard;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the API asks; the methods promise what those of {@link StreamGuard} promise. */
interface Control {

    /** Null also while the engine is not started: then no stream can be open. */
    @Nullable
    GuardedStream current();

    CompletableFuture<@Nullable Void> abort(String streamId);

    CompletableFuture<Optional<String>> abortChat(String chatId);

    CompletableFuture<Optional<String>> owner(String chatId);

    CompletableFuture<StreamGuard.Owners> owners(Collection<String> chatIds);
}
