package dev.chatstream.demo;

/** How an answer ended. */
enum AnswerState {
    /** The model said all it had to say. */
    DONE,
    /** Somebody pressed Stop. */
    STOPPED,
    /** It broke off: its pod died, its reader left, or its chat was taken away. */
    INTERRUPTED
}
