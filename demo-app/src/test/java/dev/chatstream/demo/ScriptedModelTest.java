package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class ScriptedModelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedModel model = new ScriptedModel(1000);

    @Test
    void countsAsFarAsItIsAsked() {
        assertThat(words("Count to 3")).containsExactly("one", "two", "three");
        assertThat(words("Count to 121"))
                .hasSize(121)
                .contains("nineteen", "twenty", "forty-two", "one-hundred")
                .endsWith("one-hundred-twenty-one");
    }

    @Test
    void spellsRoundAndRoundTheAlphabet() {
        assertThat(words("Spell 27 letters")).startsWith("alfa", "bravo").endsWith("zulu", "alfa");
    }

    @Test
    void saysWhatItKnowsWhenItIsAskedForAnythingElse() {
        assertThat(String.join(" ", words("What is love?")))
                .contains("count to 40")
                .contains("spell 26 letters");
    }

    @Test
    void countsTheWordsThatItSent() {
        words("Count to 2");
        words("Spell 3 letters");
        assertThat(model.sent()).isEqualTo(5);
    }

    @Test
    void saysNothingBeforeItIsSubscribedTo() {
        model.ask("Count to 2");
        assertThat(model.sent()).isZero();
    }

    @Test
    void saysNothingMoreOnceItIsCancelled() {
        Flux<String> some = model.ask("Count to 5").take(2);
        assertThat(some.collectList().block(PATIENCE)).containsExactly("one", "two");
        assertThat(model.sent()).isEqualTo(2);
    }

    @Test
    void refusesAPaceThatNobodyCouldRead() {
        assertThatThrownBy(() -> new ScriptedModel(0)).hasMessage("demo.words-per-second is 0, allowed are 1 to 1000");
    }

    private List<String> words(String question) {
        return model.ask(question).collectList().block(PATIENCE);
    }
}
