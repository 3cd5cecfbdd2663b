package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where locks are kept. Batch-shaped, because one sweep serves all open streams.
 *
 * <p>What every store promises:
 * <ul>
 *   <li>No method blocks. Every future completes, at the latest one command timeout after the call, and never
 *       exceptionally: whatever goes wrong is a {@link Failure}. It may complete on any thread, which the caller must
 *       not hold up.
 *   <li>Each operation is atomic for one chat, and is applied at most once for each time that it was called: a store
 *       replays nothing by itself after a lost connection.
 *   <li>Commands of one {@linkplain #laneOfChat lane} are applied in the order in which they were called, while its
 *       connection lasts.
 *   <li>Before {@link #open} every answer is a {@code Failure} of kind {@link Failure.Kind#NOT_SENT}.
 * </ul>
 * The TTL of a lock and how long its record outlives it are the store's own settings, the same for every call.
 */
public interface LeaseStore extends AutoCloseable {

    /** How long an abort marker lives, whoever sets it. */
    Duration MARKER_TTL = Duration.ofHours(1);

    /**
     * One acquisition of one chat by one stream. The nonce is random for each acquisition, since an application may give
     * two calls the same stream id; every retry carries the nonce of the first try.
     */
    record Claim(String chatId, String streamId, String nonce) {}

    /** Who holds a chat. The nonce is {@link #PLAIN} where the holder keeps no record: an original Node.js pod. */
    record Holder(String streamId, String nonce) {
        public static final String PLAIN = "-";
    }

    /** A lease to renew, by claim and fence. */
    record Renewing(Claim claim, long fence, Again again) {}

    /** Whether a lock that is gone is taken again by its renewal. */
    enum Again {
        NEVER,
        /** If nobody came between, and Redis still knows that. */
        UNLESS_ANOTHER_CAME,
        /** Also where Redis has forgotten who came. */
        ALSO_WHEN_FORGOTTEN
    }

    /** A lock to give back; {@code clearMarker}: the stream's abort marker is deleted in the same pipeline. */
    record Releasing(Claim claim, boolean clearMarker) {}

    /** Why there is no answer; a possible answer to everything. The message is for people and holds no secret. */
    record Failure(Kind kind, String message)
            implements Acquisition, Renewal, Released, Asked, Standing, Marks, Owners, Remaining, Written {
        public enum Kind {
            /** No connection: the command certainly never left this JVM. */
            NOT_SENT,
            /** Sent, and no answer in time: it may have been applied, or may be applied later. */
            NO_ANSWER,
            /** The server answered with an error that concerns everybody: OOM, READONLY, NOPERM, LOADING … */
            REFUSED,
            /** The server answered with an error that concerns this key only: WRONGTYPE. */
            KEY
        }
    }

    /** The answer to {@link #acquire}. {@code markerFound}: an abort marker for the stream's id was there before. */
    sealed interface Acquisition {
        record Won(long fence, boolean markerFound) implements Acquisition {}

        record Busy(Holder holder, boolean markerFound) implements Acquisition {}

        /** A late copy of an acquisition that was given back already. */
        record Spent() implements Acquisition {}
    }

    /** The answer to {@link #renew}, for each lease. */
    sealed interface Renewal {
        record Renewed() implements Renewal {}

        /** The lock was gone, nobody had come between, and it was taken again. */
        record TakenAgain() implements Renewal {}

        /** Another stream holds the chat. */
        record Lost() implements Renewal {}

        /** The lock is gone and was not to be taken again. */
        record Gone() implements Renewal {}

        /** Another stream overruled this one. */
        record Superseded() implements Renewal {}
    }

    /** The answer to {@link #release}, for each claim. */
    sealed interface Released {
        record Deleted() implements Released {}

        /** It was this claim's, and the lock had gone already. */
        record Gone() implements Released {}

        /** The chat is not, or no longer, this claim's. */
        record Other() implements Released {}
    }

    /** The answer to {@link #ask}. */
    sealed interface Asked {
        /** The holder's record says now that a superseder waits. */
        record Told() implements Asked {}

        /** The holder keeps no record: only the abort marker reaches it. */
        record Plain() implements Asked {}

        /** Somebody else, or nobody, holds the chat by now. */
        record Moved() implements Asked {}
    }

    /** The answer to {@link #standing}: what the chat's record says of a claim. */
    sealed interface Standing {
        record Mine() implements Standing {}

        /** Mine, and a superseder has asked for it. */
        record MineButAsked() implements Standing {}

        record NotMine() implements Standing {}

        /** The store has lost it: a superseder would have left one. */
        record NoRecord() implements Standing {}
    }

    /** The answer to {@link #marked}. */
    sealed interface Marks {
        record Found(Set<String> streamIds) implements Marks {}
    }

    /** The answer to {@link #markerLeft}; zero where there is no marker, or one that does not expire. */
    sealed interface Remaining {
        record Left(Duration time) implements Remaining {}
    }

    /** The answer to {@link #owners}: stream ids by chat id; a chat that nobody holds is not in it. */
    sealed interface Owners {
        record Found(Map<String, String> byChatId) implements Owners {}
    }

    /** The answer to a write that has no result. */
    sealed interface Written {
        record Done() implements Written {}
    }

    /** Told of the connection's state, on any thread, on each change only. */
    interface Link {
        /** Commands of the lane can be sent. */
        void up(String lane);

        /** The lane's connection is missing, for a reason that people can read. */
        void down(String lane, String why);

        /** The lane serves nobody any more, since its node has left: whatever it was down for is over. */
        default void gone(String lane) {}
    }

    /** Begins to connect in the background, and to reconnect whenever needed; the second call and later do nothing. */
    void open(Link link);

    /** The lane (a node; the empty string before that is known) that serves this chat's keys now. */
    String laneOfChat(String chatId);

    /** The lane that serves this stream's abort marker now. */
    String laneOfStream(String streamId);

    /**
     * Takes the chat if it is free, this claim's already, or still held by the holder to overrule.
     *
     * @param overrule the holder whose lock is taken away, or null
     * @param lookForMarker whether to look, in the same pipeline and before, for the abort marker of the stream's id
     */
    CompletableFuture<Acquisition> acquire(Claim claim, @Nullable Holder overrule, boolean lookForMarker);

    /** Renews leases of one lane; the answers stand in the order of the question. */
    CompletableFuture<List<Renewal>> renew(List<Renewing> leases);

    /** Gives locks back that are still their claims'; the answers stand in the order of the question. */
    CompletableFuture<List<Released>> release(List<Releasing> claims);

    /** Tells the holder, by its record, that a superseder waits. */
    CompletableFuture<Asked> ask(String chatId, Holder holder);

    /** What the chat's record says of this claim. */
    CompletableFuture<Standing> standing(Claim claim);

    /** Which of these stream ids, of one lane, have an abort marker. */
    CompletableFuture<Marks> marked(Collection<String> streamIds);

    /** For how long the abort marker of a stream id lives on: it is set for {@link #MARKER_TTL}. */
    CompletableFuture<Remaining> markerLeft(String streamId);

    /** Sets the abort marker of a stream id. */
    CompletableFuture<Written> mark(String streamId);

    /** Deletes the abort marker of a stream id. */
    CompletableFuture<Written> clear(String streamId);

    /** Who holds these chats, in one round trip a lane. */
    CompletableFuture<Owners> owners(Collection<String> chatIds);

    /** Asks the lane for any sign of life. */
    CompletableFuture<Written> ping(String lane);

    /** Closes connections and ends threads, within a second; what is asked later fails as before {@link #open}. */
    @Override
    void close();
}
