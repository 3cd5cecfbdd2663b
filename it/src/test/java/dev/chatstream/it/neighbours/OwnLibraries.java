package dev.chatstream.it.neighbours;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.File;
import java.net.URI;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to Redis with its own Lettuce, makes a class with its own Byte Buddy and logs by its own slf4j, before, in and
 * after a guarded call. Lines that begin with {@code app: } are its answers to the test; the rest is its log.
 */
public final class OwnLibraries {

    private static final Logger LOG = LoggerFactory.getLogger("shop.chat");

    private OwnLibraries() {}

    public static void main(String[] arguments) throws Exception {
        LOG.info("the shop opens");
        say("versions", versions());
        RedisClient client = RedisClient.create(arguments[0]);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            awaitTheAgentsConnection();
            say("answer", answer("shop", connection));
            say("after", "lock " + lock("shop", connection));
            say("made", madeByByteBuddy());
            Surroundings.of(arguments.length > 1 ? arguments[1] : "").forEach(OwnLibraries::say);
        }
        client.shutdown();
        LOG.info("the shop closes");
    }

    @ChatStream
    private static String answer(@ChatId String chat, StatefulRedisConnection<String, String> connection)
            throws Exception {
        LOG.debug("in the guarded method");
        String stream = ChatStreams.current().map(ActiveStream::streamId).orElse("none");
        String lock = lock(chat, connection);
        return (stream.equals(lock) ? "its own Lettuce reads its stream's id" : stream + " is not " + lock) + ", "
                + madeByByteBuddy();
    }

    private static String lock(String chat, StatefulRedisConnection<String, String> connection) {
        return String.valueOf(connection.sync().get("copilot:chat-stream-lock:" + chat));
    }

    private static String madeByByteBuddy() throws Exception {
        Class<?> made = new ByteBuddy()
                .subclass(Object.class)
                .method(ElementMatchers.named("toString"))
                .intercept(FixedValue.value("made by Byte Buddy"))
                .make()
                .load(OwnLibraries.class.getClassLoader())
                .getLoaded();
        return made.getDeclaredConstructor().newInstance().toString();
    }

    private static List<String> versions() throws Exception {
        Class<?>[] types = {RedisClient.class, io.netty.channel.Channel.class, ByteBuddy.class, LoggerFactory.class};
        return java.util.Arrays.stream(types).map(OwnLibraries::jarOf).toList();
    }

    private static String jarOf(Class<?> type) {
        return new File(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .getName();
    }

    /** Nothing is waited for without the agent. */
    private static void awaitTheAgentsConnection() throws InterruptedException {
        while (ChatStreams.isAgentActive()
                && !ChatStreams.owners(List.of("shop")).verified()) {
            Thread.sleep(20);
        }
    }

    private static void say(String what, Object details) {
        System.out.print("app: " + what + " " + details + "\n");
    }
}
