package dev.chatstream.agent.instrument;

/** Something wrong with what the application says about a method; the message is for whoever wrote it. */
final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
        super(message, null, false, false);
    }
}
