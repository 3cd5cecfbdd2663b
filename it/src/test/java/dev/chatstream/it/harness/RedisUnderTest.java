package dev.chatstream.it.harness;

import io.lettuce.core.api.sync.RedisCommands;

/** A real server of the test's own, and a client beside it, as any other process may have. */
public interface RedisUnderTest extends AutoCloseable {

    /** What it is, for people. */
    String description();

    int port();

    default String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** A client that is not ours. */
    RedisCommands<String, String> client();

    /** Ends the server as a crash does. */
    void kill();

    /** Starts it again on its port: empty, unless its options make it keep its data. */
    void restart();

    static String lockOf(String chatId) {
        return "copilot:chat-stream-lock:" + chatId;
    }

    static String markerOf(String streamId) {
        return "mothership_stream:" + streamId + ":abort";
    }

    @Override
    void close();
}
