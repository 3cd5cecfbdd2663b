package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.demo.Chat.Message;
import dev.chatstream.demo.ChatStore.OvertakenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatStoreTest {
    private static final long NONE = 0;

    private final Database database = new Database();
    private final ChatStore store = database.store();

    @BeforeEach
    void openAChat() {
        store.open("tea", "ann");
    }

    @AfterEach
    void shutDown() {
        database.close();
    }

    @Test
    void aChatBelongsToWhoeverWroteFirst() {
        store.open("tea", "bob");
        assertThat(chat().owner()).isEqualTo("ann");
    }

    @Test
    void anAnswerGrowsWordByWordAndBecomesAMessage() {
        store.begin("tea", "Count to 2", 7);
        assertThat(chat().answer()).isEmpty();
        store.append("tea", "one", 7);
        store.append("tea", "two", 7);
        assertThat(chat().answer()).isEqualTo("one two");
        store.finish("tea", AnswerState.DONE, 7);
        assertThat(chat().answer()).isNull();
        assertThat(chat().messages())
                .containsExactly(
                        new Message("user", "Count to 2", null), new Message("assistant", "one two", AnswerState.DONE));
    }

    @Test
    void aStreamThatWasOvertakenWritesNothingMore() {
        store.begin("tea", "Count to 2", 7);
        store.append("tea", "one", 7);
        store.begin("tea", "Spell 1 letter", 8);
        store.append("tea", "alfa", 8);

        assertThatThrownBy(() -> store.append("tea", "two", 7)).isInstanceOf(OvertakenException.class);
        assertThatThrownBy(() -> store.begin("tea", "again", 7)).isInstanceOf(OvertakenException.class);
        store.finish("tea", AnswerState.DONE, 7);

        assertThat(chat().answer()).isEqualTo("alfa");
        assertThat(chat().messages()).extracting(Message::text).containsExactly("Count to 2", "one", "Spell 1 letter");
    }

    @Test
    void withoutAFenceNothingIsComparedAndTheFenceStays() {
        store.begin("tea", "Count to 2", 7);
        store.append("tea", "naive", NONE);
        assertThat(chat().answer()).isEqualTo("naive");
        assertThatThrownBy(() -> store.append("tea", "two", 6)).isInstanceOf(OvertakenException.class);
    }

    @Test
    void whatADeadPodLeftIsKeptAsFarAsItGot() {
        store.begin("tea", "Count to 9", 7);
        store.append("tea", "one", 7);
        store.begin("tea", "Spell 1 letter", 8);
        assertThat(chat().messages()).contains(new Message("assistant", "one", AnswerState.INTERRUPTED));
        assertThat(chat().answer()).isEmpty();
    }

    @Test
    void anUnknownChatIsNone() {
        assertThat(store.find("coffee")).isEmpty();
    }

    private Chat chat() {
        return store.find("tea").orElseThrow();
    }
}
