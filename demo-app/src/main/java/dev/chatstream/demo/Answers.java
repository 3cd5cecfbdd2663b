package dev.chatstream.demo;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Streams answers. */
@Service
final class Answers {
    /**
     * For the database, which blocks: not the model's thread. A plain executor, since a cancel interrupts whoever works in Reactor's own
     * schedulers, and an interrupt in the middle of a write costs the word and may cost the connection.
     */
    private static final Scheduler SAVING = Schedulers.fromExecutor(Thread::startVirtualThread);

    private final ScriptedModel model;
    private final String pod;

    Answers(ScriptedModel model, @Value("${demo.pod}") String pod) {
        this.model = model;
        this.pod = pod;
    }

    /**
     * Returns at once. The answer comes later, word by word, and its chat is held until it is over; a Stop cancels the model, as a reader does
     * who leaves. However it ends, that is saved before the chat is free: {@code using} closes the draft inside a cancel, and ahead of the
     * last signal; {@code doFinally} comes after it.
     */
    @ChatStream(chatId = "#chatId")
    Flux<Event> answer(String chatId, String question, Draft draft) {
        Optional<ActiveStream> stream = ChatStreams.current();
        Event begin = new Event.Begin(pod, stream.map(ActiveStream::streamId).orElse(""));
        return Flux.using(
                () -> draft.begin(question, stream),
                open -> Flux.concat(Mono.just(begin), words(question, open)),
                Draft::close);
    }

    private Flux<Event> words(String question, Draft draft) {
        return model.ask(question)
                .publishOn(SAVING)
                .<Event>mapNotNull(draft::append)
                .doOnComplete(draft::completed);
    }
}
