package dev.chatstream.it.place;

/** The guarded method of an application; each place has a class of its own for it. */
@FunctionalInterface
public interface Answers {
    String answer(String chatId) throws Exception;
}
