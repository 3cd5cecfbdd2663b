package dev.chatstream.agent.shapes;

import java.io.IOException;

/** How bytes and characters are read through a {@link Feed}: its reader sees an abort as an {@link IOException}. */
final class Reading {

    /** Something that is asked of the source; a negative answer is its end. */
    interface Question {
        long ask() throws IOException;
    }

    /** Something that is done to the source. */
    interface Act {
        void run() throws IOException;
    }

    private final Feed feed;

    Reading(Feed feed) {
        this.feed = feed;
    }

    /** What the source says; negative at its end, also at one that an abort is to look like. */
    long read(Question question) throws IOException {
        long answer = ask(question, -1);
        if (answer < 0) {
            exhausted();
        }
        return answer;
    }

    /** Something whose answer is never an end; this where the source is not to be asked any more. */
    long ask(Question question, long atEnd) throws IOException {
        if (!goesOn()) {
            return atEnd;
        }
        try {
            return question.ask();
        } catch (Throwable failure) {
            return afterFailure(failure, atEnd);
        }
    }

    private boolean goesOn() throws IOException {
        try {
            return feed.check();
        } catch (RuntimeException aborted) {
            throw aborted(aborted);
        }
    }

    private long afterFailure(Throwable failure, long atEnd) throws IOException {
        try {
            feed.failed(failure);
            return atEnd;
        } catch (Throwable seen) {
            throw Feed.<RuntimeException>unchecked(isItself(seen, failure) ? seen : aborted(seen));
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very one
    private static boolean isItself(Throwable seen, Throwable failure) {
        return seen == failure;
    }

    /** Not done where the source is at an end that an abort is to look like. */
    void run(Act act) throws IOException {
        ask(
                () -> {
                    act.run();
                    return 0;
                },
                0);
    }

    void close(Act close) throws IOException {
        try {
            close.run();
        } finally {
            feed.closed();
        }
    }

    /** The source has said that it has no more. */
    void exhausted() throws IOException {
        try {
            feed.exhausted();
        } catch (RuntimeException aborted) {
            throw aborted(aborted);
        }
    }

    private static IOException aborted(Throwable exception) {
        return new IOException(exception.getMessage(), exception);
    }
}
