package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Asked;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Standing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the scripts' answers mean. Anything else than they can say is an exception, which the query turns into a failure. */
final class Answers {

    private static final Renewal RENEWED = new Renewal.Renewed();
    private static final Released DELETED = new Released.Deleted();

    private Answers() {}

    static Acquisition acquisition(@Nullable Object reply, boolean markerFound) {
        List<?> words = (List<?>) Objects.requireNonNull(reply);
        String verdict = text(words.get(0));
        return switch (verdict) {
            case "won" -> new Acquisition.Won(Long.parseLong(text(words.get(1))), markerFound);
            case "busy" -> new Acquisition.Busy(new Holder(text(words.get(1)), text(words.get(2))), markerFound);
            case "closed" -> new Acquisition.Spent();
            default -> throw unknown(verdict);
        };
    }

    /** One lease's answer; the text of an error is one too. */
    static Renewal renewal(@Nullable Object reply, String server) {
        String verdict = text(reply);
        return switch (verdict) {
            case "renewed" -> RENEWED;
            case "again" -> new Renewal.TakenAgain();
            case "superseded" -> new Renewal.Superseded();
            case "lost" -> new Renewal.Lost();
            case "gone" -> new Renewal.Gone();
            default -> Refusal.failure(server, verdict);
        };
    }

    static Released released(@Nullable Object reply) {
        String verdict = text(reply);
        return switch (verdict) {
            case "deleted" -> DELETED;
            case "gone" -> new Released.Gone();
            case "other" -> new Released.Other();
            default -> throw unknown(verdict);
        };
    }

    static Asked asked(@Nullable Object reply) {
        String verdict = text(reply);
        return switch (verdict) {
            case "asked" -> new Asked.Told();
            case "plain" -> new Asked.Plain();
            case "moved" -> new Asked.Moved();
            default -> throw unknown(verdict);
        };
    }

    /** The record as it stands: {@code nonce fence state previous}; null: there is none. */
    static Standing standing(@Nullable Object record, String nonce) {
        if (record == null) {
            return new Standing.NoRecord();
        }
        String[] words = text(record).split(" ", -1);
        if (words.length < 3 || !words[0].equals(nonce)) {
            return new Standing.NotMine();
        }
        return switch (words[2]) {
            case "open" -> new Standing.Mine();
            case "asked" -> new Standing.MineButAsked();
            default -> new Standing.NotMine();
        };
    }

    static String text(@Nullable Object word) {
        return Keys.text((byte[]) Objects.requireNonNull(word));
    }

    private static IllegalStateException unknown(String verdict) {
        return new IllegalStateException("unknown verdict " + verdict);
    }
}
