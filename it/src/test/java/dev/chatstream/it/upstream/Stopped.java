package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Stop did. The bounds are the product's and TCP's, not measured ones: a token is written once after the client has
 * closed, since only that write is answered by a reset; and where a library is stopped at its next element, that one was
 * written too.
 */
record Stopped(String what, String told, int before, int atTold, Speech speech) {

    /** The one at which a library notices, and the one that was under way when it closed. */
    static final int UNDER_WAY = 2;

    /** The consumer was told, by an exception that has the abort in it. */
    Stopped consumerToldByException() {
        assertThat(told).as(what).startsWith("aborted STOPPED ");
        return this;
    }

    /** The connection was closed, and what was said after the consumer knew had been under way. */
    void modelHasStopped() {
        int last = speech.awaitOver();
        System.out.println("upstream: " + what + ": said " + (atTold - before) + " tokens from Stop until the consumer"
                + " was told, " + (last - atTold) + " after that");
        assertThat(speech.wasClosedByTheClient()).as(what + ": closed").isTrue();
        assertThat(last - atTold).as(what + ": after the consumer was told").isLessThanOrEqualTo(UNDER_WAY);
    }
}
