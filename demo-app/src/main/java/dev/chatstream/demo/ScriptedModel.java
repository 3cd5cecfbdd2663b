package dev.chatstream.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Stands in for a language model. The same question always gets the same words, one a beat: {@code Count to 40} and {@code Spell 26 letters}
 * give answers in which a missing, doubled or foreign word is seen at a glance.
 */
@Component
final class ScriptedModel {
    private static final List<String> LETTERS = List.of(
            ("alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango"
                            + " uniform victor whiskey xray yankee zulu")
                    .split(" "));
    private static final List<String> SMALL = List.of(
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
                            + " nineteen")
                    .split(" "));
    private static final List<String> TENS =
            List.of("- - twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
    private static final List<String> OTHERWISE =
            List.of("I am a script and know two things: ask me to count to 40, or to spell 26 letters.".split(" "));
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final int USUAL_LENGTH = 40;

    private final Duration beat;
    private final LongAdder sent = new LongAdder();

    @Autowired
    ScriptedModel(@Value("${demo.words-per-second}") int wordsPerSecond) {
        if (wordsPerSecond < 1 || wordsPerSecond > 1000) {
            throw new IllegalArgumentException(
                    "demo.words-per-second is " + wordsPerSecond + ", allowed are 1 to 1000");
        }
        beat = Duration.ofSeconds(1).dividedBy(wordsPerSecond);
    }

    ScriptedModel(Duration beat) {
        this.beat = beat;
    }

    /** Each subscription is an answer, one word a beat; a cancel, as one closes the connection to a model, stops it at once. */
    Flux<String> ask(String question) {
        return Flux.fromIterable(words(question)).delayElements(beat).doOnNext(word -> sent.increment());
    }

    /** A model is paid for every word that it sent, heard or not. */
    long sent() {
        return sent.sum();
    }

    private static List<String> words(String question) {
        String wish = question.strip().toLowerCase(Locale.ROOT);
        int length = NUMBER.matcher(wish)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .map(Integer::parseInt)
                .orElse(USUAL_LENGTH);
        if (wish.startsWith("count")) {
            return IntStream.rangeClosed(1, length)
                    .mapToObj(ScriptedModel::inWords)
                    .toList();
        }
        if (wish.startsWith("spell")) {
            return IntStream.range(0, length)
                    .mapToObj(i -> LETTERS.get(i % LETTERS.size()))
                    .toList();
        }
        return OTHERWISE;
    }

    private static String inWords(int number) {
        if (number < 20) {
            return SMALL.get(number);
        }
        if (number < 100) {
            return TENS.get(number / 10) + (number % 10 == 0 ? "" : "-" + SMALL.get(number % 10));
        }
        return SMALL.get(number / 100) + "-hundred" + (number % 100 == 0 ? "" : "-" + inWords(number % 100));
    }
}
