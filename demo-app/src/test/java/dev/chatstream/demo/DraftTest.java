package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.AbortReason;
import dev.chatstream.demo.Chat.Message;
import dev.chatstream.demo.ChatStore.OvertakenException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DraftTest {
    private final Database database = new Database();
    private final ChatStore store = database.store();
    private final Draft draft = new Draft(store, "tea");

    @BeforeEach
    void openAChat() {
        store.open("tea", "ann");
    }

    @AfterEach
    void shutDown() {
        database.close();
    }

    @Test
    void whatTheModelSaidToItsEndIsDone() {
        draft.begin("Count to 2", Optional.empty());
        assertThat(draft.append("one")).isEqualTo(new Event.Word(1, "one"));
        assertThat(draft.append("two")).isEqualTo(new Event.Word(2, "two"));
        draft.completed();
        draft.close();
        assertThat(draft.end()).isEqualTo(new Event.End(AnswerState.DONE, 2));
        assertThat(last()).isEqualTo(new Message("assistant", "one two", AnswerState.DONE));
    }

    @Test
    void whatAStopEndedIsStoppedAndKeptAsFarAsItGot() {
        endedBy(AbortReason.STOPPED);
        assertThat(draft.end()).isEqualTo(new Event.End(AnswerState.STOPPED, 1));
        assertThat(last()).isEqualTo(new Message("assistant", "one", AnswerState.STOPPED));
    }

    @Test
    void whatAnythingElseEndedIsInterrupted() {
        endedBy(AbortReason.LOCK_LOST);
        assertThat(draft.end()).isEqualTo(new Event.End(AnswerState.INTERRUPTED, 1));
        assertThat(last().state()).isEqualTo(AnswerState.INTERRUPTED);
    }

    @Test
    void aStopThatComesAfterTheLastWordChangesNothing() {
        FakeStream stream = FakeStream.withFence(7);
        draft.begin("Count to 2", stream.seen());
        draft.completed();
        stream.aborted(AbortReason.STOPPED);
        draft.close();
        assertThat(last().state()).isEqualTo(AnswerState.DONE);
    }

    @Test
    void aWordThatComesAfterTheEndIsNotSaved() {
        endedBy(AbortReason.STOPPED);
        assertThat(draft.append("two")).isNull();
        assertThat(last().text()).isEqualTo("one");
    }

    @Test
    void theFenceIsAskedForAtEveryWrite() {
        FakeStream stream = FakeStream.withFence(0);
        draft.begin("Count to 2", stream.seen());
        draft.append("one");
        stream.gets(8);
        draft.append("two");
        assertThatThrownBy(() -> store.append("tea", "late", 7)).isInstanceOf(OvertakenException.class);
    }

    private void endedBy(AbortReason reason) {
        FakeStream stream = FakeStream.withFence(7);
        draft.begin("Count to 2", stream.seen());
        draft.append("one");
        stream.aborted(reason);
        draft.close();
    }

    private Message last() {
        return store.find("tea").orElseThrow().messages().getLast();
    }
}
