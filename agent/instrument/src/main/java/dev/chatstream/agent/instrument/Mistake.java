package dev.chatstream.agent.instrument;

/** Something wrong with what the application says about a method; the message is for whoever wrote it. */
final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final int index;

    Mistake(String message) {
        super(message, null, false, false);
        this.what = message;
        this.index = 0;
    }

    /**
     * A mistake within a text.
     *
     * @param index where in it, the first is 0
     */
    Mistake(String text, int index, String what) {
        super("\"" + text + "\", character " + (index + 1) + ": " + what, null, false, false);
        this.what = what;
        this.index = index;
    }

    /** What is wrong, without the place. */
    String what() {
        return what;
    }

    int index() {
        return index;
    }
}
