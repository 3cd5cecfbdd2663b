package dev.chatstream.it.apps;

/** The guarded methods of an application, by name. */
public interface Chats {

    /** Has the call answered by this method, reads the answer to its end and returns what it said. */
    String answer(String method, Call call) throws Exception;

    /** What else a test may ask of this application. */
    default Object reply(String question, String about) throws Exception {
        throw new IllegalArgumentException("unknown request " + question + " " + about);
    }
}
