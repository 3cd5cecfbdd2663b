package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Failure;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes a chat, and looks for the abort marker of its stream before, in the same write. The look-up has no failure of its
 * own: a marker that cannot be read is none.
 */
final class Acquiring extends Query {

    private final CompletableFuture<Acquisition> future = new CompletableFuture<>();
    private boolean looking;
    private boolean markerFound;
    private @Nullable Object reply;
    private @Nullable Failure failure;

    Acquiring(int slot, Words words) {
        super(Script.ACQUIRE, slot, words);
    }

    CompletableFuture<Acquisition> future() {
        return future;
    }

    /** The look-up that belongs to it; both are waited for. */
    Query lookUp(int slot, byte[] marker) {
        looking = true;
        return new LookUp(slot, marker);
    }

    @Override
    void answered(@Nullable Object answer) {
        Answers.acquisition(answer, false); // whether it makes sense is to be said here
        reply = answer;
        completeIfWhole();
    }

    @Override
    void failed(Failure why) {
        failure = why;
        completeIfWhole();
    }

    private void looked(boolean found) {
        looking = false;
        markerFound = found;
        completeIfWhole();
    }

    private void completeIfWhole() {
        if (looking) {
            return;
        }
        if (failure != null) {
            future.complete(failure);
        } else if (reply != null) {
            future.complete(Answers.acquisition(reply, markerFound));
        }
    }

    final class LookUp extends Query {
        private LookUp(int slot, byte[] marker) {
            super(CommandType.GET, slot, marker);
        }

        @Override
        void answered(@Nullable Object value) {
            looked(Lookups.isMarker(value));
        }

        @Override
        void failed(Failure why) {
            looked(false);
        }
    }
}
