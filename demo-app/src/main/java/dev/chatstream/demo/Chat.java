package dev.chatstream.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat as the database knows it.
 *
 * @param answer what has been written of the answer under way, or null where there is none
 */
record Chat(String id, String owner, @Nullable String answer, List<Message> messages) {

    /** @param state null for a message of the user's */
    record Message(String role, String text, @Nullable AnswerState state) {}
}
