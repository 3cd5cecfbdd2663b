package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

    private static final String[] PIECES = {
        "{",
        "}",
        "{}",
        "}{",
        "{a}",
        "a",
        "chat-",
        "7",
        "ä",
        "€",
        "😀",
        "\0",
        " ",
        "\n",
        "\r\n",
        "\\",
        "*",
        ":",
        "x".repeat(50)
    };

    @Test
    void theFirstTwoAreThoseOfTheOriginalService() {
        assertThat(new Keys("").lock("42")).asString().isEqualTo("copilot:chat-stream-lock:42");
        assertThat(new Keys("").marker("s-1")).asString().isEqualTo("mothership_stream:s-1:abort");
    }

    @Test
    void theNamespaceStandsLiterallyBeforeEachAndWhatElseThereIsBeginsWithChatstream() {
        Keys keys = new Keys("shop:");

        assertThat(keys.lock("42")).asString().isEqualTo("shop:copilot:chat-stream-lock:42");
        assertThat(keys.marker("s")).asString().isEqualTo("shop:mothership_stream:s:abort");
        assertThat(keys.record("42")).asString().isEqualTo("shop:chatstream:holder:{shop:copilot:chat-stream-lock:42}");
        assertThat(keys.record("{42}"))
                .asString()
                .isEqualTo("shop:chatstream:holder:shop:copilot:chat-stream-lock:{42}");
    }

    @ParameterizedTest
    @CsvSource({
        "42, chatstream:holder:{copilot:chat-stream-lock:42}",
        "a{b, chatstream:holder:{copilot:chat-stream-lock:a{b}",
        "{a}b, chatstream:holder:copilot:chat-stream-lock:{a}b",
        "a{b}c}, chatstream:holder:copilot:chat-stream-lock:a{b}c}",
        "{{a}}, chatstream:holder:copilot:chat-stream-lock:{{a}}"
    })
    void recordsAreNamedByTheRule(String chatId, String key) {
        assertThat(new Keys("").record(chatId)).asString().isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"a}b", "{}x", "}{", "}", "{}"})
    void whatNoTagCanHoldGetsAShortOne(String chatId) {
        String record = new String(new Keys("").record(chatId), StandardCharsets.UTF_8);

        assertThat(record).matches("(?s)chatstream:holder:\\{[0-9a-z]{1,5}}copilot:chat-stream-lock:.*");
        assertThat(record).endsWith(chatId);
    }

    /** Agents of one version must agree: a change here is a change of the protocol. */
    @Test
    void theShortTagsAreAlwaysTheSame() {
        assertThat(new Keys("").record("a}b"))
                .asString()
                .isEqualTo("chatstream:holder:{y5}copilot:chat-stream-lock:a}b");
    }

    @Test
    void bothKeysOfAChatLieInOneSlotSaysTheServerForAnyId() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> ids = Stream.concat(
                        IntStream.range(0, 2000).mapToObj(i -> hostile(random)),
                        Stream.of("", "{}", "}", "{", "}{", "a}b"))
                .toList();
        try (RedisServer server = RedisServer.start("--cluster-enabled", "yes");
                Resp redis = server.client()) {
            for (String id : ids) {
                Keys keys = new Keys(random.nextBoolean() ? "" : "shop:");
                Object lock = redis.call("CLUSTER", "KEYSLOT", keys.lock(id));
                Object record = redis.call("CLUSTER", "KEYSLOT", keys.record(id));

                assertThat(record).as("seed %d, id <%s>", seed, id).isEqualTo(lock);
                assertThat((long) Keys.slot(keys.lock(id))).isEqualTo(lock);
            }
        }
    }

    @Test
    void noTwoChatsShareAKey() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Keys keys = new Keys("");
        List<String> ids = IntStream.range(0, 5000)
                .mapToObj(i -> hostile(random))
                .distinct()
                .toList();

        assertThat(ids.stream().map(id -> new String(keys.record(id), StandardCharsets.UTF_8)))
                .as("seed %d", seed)
                .doesNotHaveDuplicates();
    }

    private static String hostile(Random random) {
        StringBuilder id = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            id.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return id.toString();
    }
}
