package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tour's own Redis, its plain client, and what it does with keys, against the real server. */
class RedisServerTest {
    private static final Household HOUSEHOLD = new Household();
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.start(HOUSEHOLD);
    }

    @AfterAll
    static void clear() {
        HOUSEHOLD.clear();
    }

    @Test
    void theClientReadsEveryKindOfAnswer() throws IOException {
        try (RedisClient client = RedisClient.connect(redis.uri())) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            assertThat(client.call("SET", "a", "eins \u00e4\r\n zwei")).isEqualTo("OK");
            assertThat(client.get("a")).isEqualTo("eins \u00e4\r\n zwei");
            assertThat(client.get("b")).isNull();
            assertThat(client.call("DEL", "a", "b")).isEqualTo("1");
            assertThat(client.call("MGET", "a", "b")).isEqualTo(java.util.Arrays.asList(null, null));
            assertThat(client.pttl("a")).isEqualTo(-2);
            assertThatThrownBy(() -> client.call("NONSENSE")).hasMessageContaining("ERR unknown command");
        }
    }

    @Test
    void theClientLogsInAndChoosesADatabase() throws IOException {
        URI withLogin = URI.create(redis.uri().toString().replace("//", "//tourist:secret@") + "/3");
        try (RedisClient client = RedisClient.connect(redis.uri())) {
            client.call("ACL", "SETUSER", "tourist", "on", ">secret", "+@all", "~*");
        }
        try (RedisClient client = RedisClient.connect(withLogin)) {
            assertThat(client.call("ACL", "WHOAMI")).isEqualTo("tourist");
            assertThat(client.call("CLIENT", "INFO")).asString().contains(" db=3 ");
        }
        assertThatThrownBy(() ->
                        RedisClient.connect(URI.create(redis.uri().toString().replace("//", "//tourist:wrong@"))))
                .hasMessageContaining("WRONGPASS");
    }

    @Test
    void aLockIsTakenOnceSeenByAllAndWatchedUntilItIsFree() throws IOException {
        LockKey lock = new LockKey(redis.uri(), "tea");
        assertThat(lock.describe()).isEqualTo("copilot:chat-stream-lock:tea is not there");
        assertThat(lock.take("one", Duration.ofHours(2))).isTrue();
        assertThat(lock.take("two", Duration.ofHours(2))).isFalse();
        assertThat(lock.holder()).isEqualTo("one");
        assertThat(lock.ttl()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
        lock.awaitHolder("one", Duration.ofSeconds(30));
        assertThatThrownBy(() -> lock.awaitEnd("one", Duration.ofMillis(1))).hasMessageContaining("to let one go");
        lock.delete();
        lock.awaitEnd("one", Duration.ofSeconds(30));
    }

    @Test
    void chatsLeaveNothingInARedisThatStays() throws Exception {
        Chats chats = new Chats(redis.uri());
        String chat = chats.named("tea");
        assertThat(chat).isNotEqualTo("tea");
        new LockKey(redis.uri(), chat).take("one", Duration.ofHours(2));
        try (RedisClient client = RedisClient.connect(redis.uri())) {
            client.call("SET", "chatstream:holder:{copilot:chat-stream-lock:" + chat + "}", "record");
            chats.close();
            assertThat(client.call("KEYS", "*" + chat + "*")).isEqualTo(List.of());
        }
    }

    @Test
    void aServerThatWasKilledComesBackEmptyOnItsPort() throws IOException {
        RedisServer mortal = RedisServer.start(HOUSEHOLD, "mortal");
        URI uri = mortal.uri();
        new LockKey(uri, "tea").take("one", Duration.ofHours(2));
        mortal.kill();
        assertThatThrownBy(() -> RedisClient.connect(uri)).isInstanceOf(IOException.class);
        mortal.startAgain();
        mortal.startAgain();
        assertThat(mortal.uri()).isEqualTo(uri);
        assertThat(new LockKey(uri, "tea").holder()).isNull();
    }
}
