package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.demo.ScriptedModel.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        Reply reply = model.ask("Count to 2");
        reply.next();
        assertThat(reply.sent()).isEqualTo(1);
        assertThat(reply.isWhole()).isFalse();
        reply.next();
        assertThat(reply.isWhole()).isTrue();
        assertThat(reply.next()).isEmpty();
        assertThat(reply.sent()).isEqualTo(2);
    }

    @Test
    void saysNothingMoreOnceItIsCancelled() throws InterruptedException {
        Reply reply = model.ask("Count to 5");
        reply.next();
        reply.cancel();
        assertThat(reply.next()).isEmpty();
        assertThat(reply.sent()).isEqualTo(1);
        assertThat(reply.isWhole()).isFalse();
    }

    @Test
    void aCancelEndsAWaitForTheNextWord() throws Exception {
        Reply slow = new ScriptedModel(Duration.ofDays(1)).ask("Count to 5");
        CompletableFuture<Optional<String>> next = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                next.complete(slow.next());
            } catch (InterruptedException e) {
                next.completeExceptionally(e);
            }
        });
        slow.cancel();
        assertThat(next.get(30, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void refusesAPaceThatNobodyCouldRead() {
        assertThatThrownBy(() -> new ScriptedModel(0)).hasMessage("demo.words-per-second is 0, allowed are 1 to 1000");
    }

    private List<String> words(String question) throws InterruptedException {
        Reply reply = model.ask(question);
        List<String> words = new ArrayList<>();
        for (Optional<String> word = reply.next(); word.isPresent(); word = reply.next()) {
            words.add(word.get());
        }
        return words;
    }
}
