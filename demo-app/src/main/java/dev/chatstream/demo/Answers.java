package dev.chatstream.demo;

import dev.chatstream.AbortReason;
import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.demo.ScriptedModel.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Streams answers, each on the virtual thread of its request. */
@Service
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final ScriptedModel model;
    private final ChatStore store;
    private final String pod;

    Answers(ScriptedModel model, ChatStore store, @Value("${demo.pod}") String pod) {
        this.model = model;
        this.store = store;
        this.pod = pod;
    }

    /**
     * Answers the question, word by word, and leaves when all is said, when somebody pressed Stop, or when the reader is gone. A Stop cancels
     * the model and does not interrupt: an interrupt may come in the middle of an event or of a write to the database, and both Tomcat and the
     * database's driver then give up their connection.
     */
    @ChatStream(chatId = "#chatId", interruptible = false)
    void answer(String chatId, String question, EventWriter events) throws IOException, InterruptedException {
        Optional<ActiveStream> stream = ChatStreams.current();
        // Asked for at every write: a stream that began while Redis was away gets its fence later.
        LongSupplier fence = () -> stream.map(ActiveStream::fence).orElse(0L);
        store.begin(chatId, question, fence.getAsLong());
        Reply reply = model.ask(question);
        stream.ifPresent(open -> open.onAbort(reason -> reply.cancel()));
        AnswerState state = AnswerState.INTERRUPTED;
        try {
            events.event(
                    "begin",
                    Map.of(
                            "pod",
                            pod,
                            "streamId",
                            stream.map(ActiveStream::streamId).orElse("")));
            for (Optional<String> word = reply.next(); word.isPresent(); word = reply.next()) {
                store.append(chatId, word.get(), fence.getAsLong());
                events.word(reply.sent(), word.get());
            }
            state = endOf(reply, stream);
        } finally {
            LOG.info("chat {}: {} after {} words", chatId, state, reply.sent());
            store.finish(chatId, state, fence.getAsLong());
        }
        events.event("end", Map.of("state", state, "words", reply.sent()));
    }

    private static AnswerState endOf(Reply reply, Optional<ActiveStream> stream) {
        if (reply.isWhole()) {
            return AnswerState.DONE;
        }
        return stream.flatMap(ActiveStream::abortReason)
                        .filter(AbortReason.STOPPED::equals)
                        .isPresent()
                ? AnswerState.STOPPED
                : AnswerState.INTERRUPTED;
    }
}
