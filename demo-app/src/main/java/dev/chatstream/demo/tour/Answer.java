package dev.chatstream.demo.tour;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What came back for one message, as it comes. */
final class Answer {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final long asked = System.nanoTime();
    private final Seen<Part> parts;

    Answer(String source) {
        parts = new Seen<>(source);
    }

    void add(Sse.Event event) {
        long at = System.nanoTime();
        switch (event.name()) {
            case "begin" -> parts.add(new Begin(Json.value(event.data(), "streamId"), at));
            case "word" -> parts.add(new Word(event.data(), at));
            case "end" ->
                parts.add(new End(
                        Json.value(event.data(), "state"), Integer.parseInt(Json.value(event.data(), "words")), at));
            default -> parts.add(new Broken("an event that the service does not send: " + event, at));
        }
    }

    void refused(int status, String body) {
        parts.add(new Refused(status, body, System.nanoTime()));
        parts.end();
    }

    void broken(IOException cause) {
        parts.add(new Broken(String.valueOf(cause.getMessage()), System.nanoTime()));
        parts.end();
    }

    void over() {
        parts.end();
    }

    Begin begin() {
        return await("the first event of an answer", Begin.class);
    }

    /** The stream that ChatStream made for it: nothing is proved by an answer that runs without. */
    String streamId() {
        Begin begin = begin();
        if (begin.streamId().isEmpty()) {
            throw new TourException("the answer runs without ChatStream: " + begin);
        }
        return begin.streamId();
    }

    End end() {
        return await("the end of an answer", End.class);
    }

    Refused refusal() {
        return await("a refusal", Refused.class);
    }

    Broken breach() {
        return await("the connection to break", Broken.class);
    }

    /** Waits for the answer to begin or to be refused. */
    Part outcome() {
        return parts.await("an answer or a refusal", part -> true, PATIENCE);
    }

    void awaitWords(int count) {
        parts.awaitAll(
                count + " words of an answer", seen -> wordsIn(seen).size() >= count ? seen : List.of(), PATIENCE);
    }

    List<String> words() {
        return wordsIn(parts.all());
    }

    /** From the moment the message was sent. */
    Duration until(Part part) {
        return until(part.at());
    }

    /** From the moment the message was sent to that {@link System#nanoTime}. */
    Duration until(long at) {
        return Duration.ofNanos(at - asked);
    }

    private <T extends Part> T await(String what, Class<T> kind) {
        return kind.cast(parts.await(what, kind::isInstance, PATIENCE));
    }

    private static List<String> wordsIn(List<Part> parts) {
        return parts.stream()
                .filter(Word.class::isInstance)
                .map(word -> ((Word) word).text())
                .toList();
    }

    /** One thing that came; {@code at} is a {@link System#nanoTime}. */
    sealed interface Part {
        long at();
    }

    record Begin(String streamId, long at) implements Part {}

    record Word(String text, long at) implements Part {}

    record End(String state, int words, long at) implements Part {}

    record Refused(int status, String body, long at) implements Part {}

    record Broken(String why, long at) implements Part {}
}
