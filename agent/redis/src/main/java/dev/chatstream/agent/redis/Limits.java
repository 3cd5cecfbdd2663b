package dev.chatstream.agent.redis;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param command from a call to its future's completion
 * @param greeting from a try to connect to the server's answer: TCP, TLS and HELLO each
 * @param silence how long a server may owe every answer before its connection is given up and made anew: a peer that
 *     vanished without a word is never reported by TCP in any useful time
 */
record Limits(Duration command, Duration greeting, Duration silence) {

    private static final Duration SHORTEST_GREETING = Duration.ofSeconds(2);
    private static final Duration LONGEST_GREETING = Duration.ofSeconds(10);
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    static Limits of(Duration command) {
        return new Limits(
                command,
                within(SHORTEST_GREETING, command, LONGEST_GREETING),
                within(SHORTEST_SILENCE, command.plus(command), LONGEST_SILENCE));
    }

    private static Duration within(Duration least, Duration wanted, Duration most) {
        Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
        return atLeast.compareTo(most) > 0 ? most : atLeast;
    }
}
