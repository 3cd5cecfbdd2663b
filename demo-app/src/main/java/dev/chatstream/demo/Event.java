package dev.chatstream.demo;

/** What the reader of an answer gets, in this order: the beginning, the words, the end. */
sealed interface Event {

    /**
     * The answer begins.
     *
     * @param streamId the stream that ChatStream made for it; empty without
     */
    record Begin(String pod, String streamId) implements Event {}

    record Word(int number, String text) implements Event {}

    record End(AnswerState state, int words) implements Event {}
}
