package dev.chatstream.demo;

import dev.chatstream.AbortReason;
import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.demo.ChatStore.OvertakenException;
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

    /** Answers the question, word by word, and leaves when all is said, when somebody pressed Stop, or when the reader is gone. */
    @ChatStream(chatId = "#chatId")
    void answer(String chatId, String question, EventWriter events) throws IOException {
        Optional<ActiveStream> stream = ChatStreams.current();
        // Asked for at every write: a stream that began while Redis was away gets its fence later.
        LongSupplier fence = () -> stream.map(ActiveStream::fence).orElse(0L);
        store.begin(chatId, question, fence.getAsLong());
        Reply reply = model.ask(question);
        AnswerState state = AnswerState.INTERRUPTED;
        try {
            events.event(
                    "begin",
                    Map.of(
                            "pod",
                            pod,
                            "streamId",
                            stream.map(ActiveStream::streamId).orElse("")));
            while (reply.hasNext()) {
                String word = reply.next();
                store.append(chatId, word, fence.getAsLong());
                events.word(reply.sent(), word);
            }
            state = AnswerState.DONE;
        } catch (InterruptedException | OvertakenException e) {
            state = stream.flatMap(ActiveStream::abortReason)
                            .filter(AbortReason.STOPPED::equals)
                            .isPresent()
                    ? AnswerState.STOPPED
                    : AnswerState.INTERRUPTED;
        } finally {
            LOG.info("chat {}: {} after {} words", chatId, state, reply.sent());
            store.finish(chatId, state, fence.getAsLong());
        }
        events.event("end", Map.of("state", state, "words", reply.sent()));
    }
}
