package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Without the agent: what would be under its lock is what happens up to the last signal. */
class AnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database = new Database();
    private final ChatStore store = database.store();
    private final ScriptedModel model = new ScriptedModel(Duration.ofMillis(1));
    private final Answers answers = new Answers(model, "pod-1");

    @BeforeEach
    void openAChat() {
        store.open("tea", "ann");
    }

    @AfterEach
    void shutDown() {
        database.close();
    }

    @Test
    void theMethodReturnsBeforeItsAnswerBegins() {
        answer("Count to 3");
        assertThat(model.sent()).isZero();
        assertThat(chat().messages()).isEmpty();
    }

    @Test
    void anAnswerBeginsAndThenComesWordByWord() {
        assertThat(answer("Count to 2").collectList().block(PATIENCE))
                .containsExactly(new Event.Begin("pod-1", ""), new Event.Word(1, "one"), new Event.Word(2, "two"));
    }

    @Test
    void itIsSavedBeforeItsLastSignal() {
        List<AnswerState> seen = new ArrayList<>();
        answer("Count to 3").doOnComplete(() -> seen.add(lastState())).blockLast(PATIENCE);
        assertThat(seen).containsExactly(AnswerState.DONE);
    }

    @Test
    void itIsSavedInsideOfACancel() {
        List<AnswerState> seen = new ArrayList<>();
        answer("Count to 900")
                .takeUntil(event -> event.equals(new Event.Word(3, "three")))
                .doOnComplete(() -> seen.add(lastState()))
                .blockLast(PATIENCE);
        assertThat(seen).containsExactly(AnswerState.INTERRUPTED);
        assertThat(chat().messages().getLast().text()).isEqualTo("one two three");
    }

    @Test
    void aCancelStopsTheModelAtOnceAndLetsTheWordUnderWayBeSaved() throws Exception {
        CountDownLatch saving = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Draft draft = new Draft(store, "tea");
        Disposable reader = answers.answer("tea", "Count to 900", draft).subscribe(event -> {
            if (event instanceof Event.Begin) {
                database.before(() -> interrupted.complete(waitsFor(slow, saving)));
            }
        });
        assertThat(saving.await(30, TimeUnit.SECONDS)).isTrue();
        Thread leaving = Thread.startVirtualThread(reader::dispose);
        awaitBlocked(leaving);
        long sent = model.sent();
        slow.countDown();
        assertThat(leaving.join(PATIENCE)).isTrue();
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(chat().messages().getLast().text()).isEqualTo("one");
        assertThat(model.sent()).isEqualTo(sent);
    }

    @Test
    void aDatabaseThatFailsFailsTheAnswer() {
        Draft draft = new Draft(store, "tea");
        assertThatThrownBy(() -> answers.answer("tea", "Count to 900", draft)
                        .doOnNext(event -> database.before(() -> {
                            throw new SQLException("away");
                        }))
                        .blockLast(PATIENCE))
                .hasRootCauseMessage("away");
        assertThat(draft.end().state()).isEqualTo(AnswerState.INTERRUPTED);
    }

    private static boolean waitsFor(CountDownLatch slow, CountDownLatch saving) {
        saving.countDown();
        try {
            return !slow.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** The draft is being written: it waits for that. */
    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private Flux<Event> answer(String question) {
        return answers.answer("tea", question, new Draft(store, "tea"));
    }

    private AnswerState lastState() {
        return chat().messages().getLast().state();
    }

    private Chat chat() {
        return store.find("tea").orElseThrow();
    }
}
