package dev.chatstream.demo;

import dev.chatstream.demo.Chat.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The chats, in one database for all pods. A write of an answer carries the fence of its stream; 0 stands for none, and is not compared. */
@Component
final class ChatStore {
    private static final Logger LOG = LoggerFactory.getLogger(ChatStore.class);
    private static final String NOT_OVERTAKEN = " AND (:fence = 0 OR fence <= :fence)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ChatStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Whoever writes first into a chat owns it. */
    void open(String chatId, String user) {
        try {
            jdbc.sql(
                            "INSERT INTO chat (id, owner) SELECT :id, :user WHERE NOT EXISTS (SELECT * FROM chat WHERE id = :id)")
                    .param("id", chatId)
                    .param("user", user)
                    .update();
        } catch (DuplicateKeyException openedMeanwhile) {
            LOG.debug("chat {} was opened by two messages at once", chatId);
        }
    }

    /** In one look: an answer that is just being finished is seen once, under way or as a message. */
    Optional<Chat> find(String chatId) {
        return jdbc.sql("SELECT owner, answer, role, text, state FROM chat LEFT JOIN message ON chat_id = id"
                        + " WHERE id = :id ORDER BY number")
                .param("id", chatId)
                .query((ResultSetExtractor<Optional<Chat>>) rows -> chat(chatId, rows));
    }

    private static Optional<Chat> chat(String chatId, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        String owner = rows.getString("owner");
        String answer = rows.getString("answer");
        List<Message> messages = new ArrayList<>();
        do {
            String role = rows.getString("role");
            if (role != null) {
                messages.add(new Message(role, rows.getString("text"), state(rows.getString("state"))));
            }
        } while (rows.next());
        return Optional.of(new Chat(chatId, owner, answer, messages));
    }

    /** A question comes in. What an earlier answer left behind, because its pod died, is kept as far as it got. */
    void begin(String chatId, String question, long fence) {
        transaction.executeWithoutResult(status -> {
            moveAnswer(chatId, AnswerState.INTERRUPTED, fence);
            update("UPDATE chat SET answer = '', fence = GREATEST(fence, :fence) WHERE id = :id", chatId, fence, "");
            addMessage(chatId, "user", question);
        });
    }

    void append(String chatId, String word, long fence) {
        update(
                "UPDATE chat SET answer = LTRIM(COALESCE(answer, '') || ' ' || :text), fence = GREATEST(fence, :fence) WHERE id = :id",
                chatId,
                fence,
                word);
    }

    /** The answer becomes a message of the chat; one that was overtaken leaves nothing. */
    void finish(String chatId, AnswerState state, long fence) {
        transaction.executeWithoutResult(status -> {
            moveAnswer(chatId, state, fence);
            jdbc.sql("UPDATE chat SET answer = NULL WHERE id = :id" + NOT_OVERTAKEN)
                    .param("id", chatId)
                    .param("fence", fence)
                    .update();
        });
    }

    private void moveAnswer(String chatId, AnswerState state, long fence) {
        jdbc.sql("INSERT INTO message (chat_id, role, text, state) SELECT id, 'assistant', answer, :state FROM chat"
                        + " WHERE id = :id AND answer IS NOT NULL" + NOT_OVERTAKEN)
                .param("id", chatId)
                .param("state", state.name())
                .param("fence", fence)
                .update();
    }

    private void addMessage(String chatId, String role, String text) {
        jdbc.sql("INSERT INTO message (chat_id, role, text, state) VALUES (:id, :role, :text, '')")
                .param("id", chatId)
                .param("role", role)
                .param("text", text)
                .update();
    }

    private void update(String sql, String chatId, long fence, String text) {
        int rows = jdbc.sql(sql + NOT_OVERTAKEN)
                .param("id", chatId)
                .param("fence", fence)
                .param("text", text)
                .update();
        if (rows == 0) {
            throw new OvertakenException(chatId, fence);
        }
    }

    private static @Nullable AnswerState state(String name) {
        return name.isEmpty() ? null : AnswerState.valueOf(name);
    }

    /** A stream that got this chat later has written already. */
    static final class OvertakenException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        OvertakenException(String chatId, long fence) {
            super("chat " + chatId + ": a later stream than the one with fence " + fence + " has written");
        }
    }
}
