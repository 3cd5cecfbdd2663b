package dev.chatstream.demo;

import dev.chatstream.AbortReason;
import dev.chatstream.ActiveStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer under way, saved as it comes. Race, a word against a Stop, which comes on a thread of its own: each waits until the other is
 * saved, and after the end no word is.
 */
final class Draft {
    private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

    private final ChatStore store;
    private final String chatId;
    private Optional<ActiveStream> stream = Optional.empty();
    private int words;
    private boolean complete;
    private @Nullable AnswerState end;

    Draft(ChatStore store, String chatId) {
        this.store = store;
        this.chatId = chatId;
    }

    synchronized Draft begin(String question, Optional<ActiveStream> within) {
        stream = within;
        store.begin(chatId, question, fence());
        return this;
    }

    /** Null: it came too late. */
    synchronized Event.@Nullable Word append(String word) {
        if (end != null) {
            return null;
        }
        store.append(chatId, word, fence());
        return new Event.Word(++words, word);
    }

    /** The model has said all it had to say. */
    synchronized void completed() {
        complete = true;
    }

    synchronized void close() {
        end = state();
        LOG.info("chat {}: {} after {} words", chatId, end, words);
        store.finish(chatId, end, fence());
    }

    /** How it ended. */
    synchronized Event.End end() {
        return new Event.End(end == null ? state() : end, words);
    }

    private AnswerState state() {
        if (complete) {
            return AnswerState.DONE;
        }
        return stream.flatMap(ActiveStream::abortReason)
                        .filter(AbortReason.STOPPED::equals)
                        .isPresent()
                ? AnswerState.STOPPED
                : AnswerState.INTERRUPTED;
    }

    /** Asked for at every write: a stream that began while Redis was away gets its fence later. */
    private long fence() {
        return stream.map(ActiveStream::fence).orElse(0L);
    }
}
