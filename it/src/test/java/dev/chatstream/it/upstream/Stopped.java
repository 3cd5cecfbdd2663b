package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Stop did. The bounds are those of TCP and of the clients, not measured ones: a token is written once after the
 * client has closed, since only that write is answered by a reset; where a client is stopped at its next element, that one
 * was written too; and OkHttp reads on for 100 ms before it closes what has not ended.
 */
record Stopped(String what, String told, int before, int atTold, Speech speech) {

    /** Of the JDK's client and of Reactor Netty: the token at which it notices, and the one that was under way when it closed. */
    static final int JDK = 2;

    /** Of OkHttp: the same, and what comes within its 100 ms. */
    static final int OKHTTP = JDK + (int) (100 / TokenServer.PACE.toMillis());

    /** The consumer was told, by an exception that has the abort in it. */
    Stopped consumerToldByException() {
        assertThat(told).as(what).startsWith("aborted STOPPED ");
        return this;
    }

    /** The connection was closed, and what was said after the consumer knew had been under way. */
    void modelHasStopped(int underWay) {
        int last = speech.awaitOver();
        System.out.println("upstream: " + what + ": said " + (atTold - before) + " tokens from Stop until the consumer"
                + " was told, " + (last - atTold) + " after that");
        assertThat(speech.wasClosedByTheClient()).as(what + ": closed").isTrue();
        assertThat(last - atTold).as(what + ": after the consumer was told").isLessThanOrEqualTo(underWay);
    }
}
