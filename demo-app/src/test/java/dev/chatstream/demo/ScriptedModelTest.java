package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.demo.ScriptedModel.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
    private final ScriptedModel model = new ScriptedModel(1000);

    @Test
    void countsAsFarAsItIsAsked() throws InterruptedException {
        assertThat(words("Count to 3")).containsExactly("one", "two", "three");
        assertThat(words("Count to 121"))
                .hasSize(121)
                .contains("nineteen", "twenty", "forty-two", "one-hundred")
                .endsWith("one-hundred-twenty-one");
    }

    @Test
    void spellsRoundAndRoundTheAlphabet() throws InterruptedException {
        assertThat(words("Spell 27 letters")).startsWith("alfa", "bravo").endsWith("zulu", "alfa");
    }

    @Test
    void saysWhatItKnowsWhenItIsAskedForAnythingElse() throws InterruptedException {
        assertThat(String.join(" ", words("What is love?")))
                .contains("count to 40")
                .contains("spell 26 letters");
    }

    @Test
    void countsTheWordsThatItSent() throws InterruptedException {
        Reply reply = model.ask("Count to 5");
        reply.next();
        reply.next();
        assertThat(reply.sent()).isEqualTo(2);
        assertThat(reply.hasNext()).isTrue();
    }

    @Test
    void isInterruptedWhileItWaitsForTheNextWord() {
        Reply reply = model.ask("Count to 5");
        Thread.currentThread().interrupt();
        assertThatThrownBy(reply::next).isInstanceOf(InterruptedException.class);
        assertThat(reply.sent()).isZero();
    }

    @Test
    void refusesAPaceThatNobodyCouldRead() {
        assertThatThrownBy(() -> new ScriptedModel(0)).hasMessage("demo.words-per-second is 0, allowed are 1 to 1000");
    }

    private List<String> words(String question) throws InterruptedException {
        Reply reply = model.ask(question);
        List<String> words = new ArrayList<>();
        while (reply.hasNext()) {
            words.add(reply.next());
        }
        return words;
    }
}
