package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is lost, silent, or made again. */
class LinkTest {

    private static final Duration QUICK = Duration.ofMillis(300);

    private RedisServer server;

    @BeforeEach
    void startServer() {
        server = RedisServer.start("--enable-debug-command", "local");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void whereItIsConnectedIsSaidOnceAndWithoutSecrets() {
        server.call("CONFIG", "SET", "requirepass", "s3cret");
        try (Opened opened = Opened.up("redis://default:s3cret@127.0.0.1:" + server.port())) {
            assertThat(opened.lines().lines())
                    .containsExactly("INFO connected to Redis 7.0.15 at 127.0.0.1:" + server.port());
            assertThat(opened.store().laneOfChat("c")).isEqualTo("127.0.0.1:" + server.port());
            assertThat(opened.links().heard()).containsExactly("up 127.0.0.1:" + server.port());
        }
    }

    @Test
    void aKilledConnectionIsMadeAgainAndBothAreSaid() {
        try (Opened opened = Opened.up(server.uri())) {
            opened.won(Opened.claim("c", "s"));
            opened.links().forget();

            server.call("CLIENT", "KILL", "TYPE", "normal");

            opened.links().awaitDown();
            opened.links().awaitUp();
            assertThat(opened.acquire(Opened.claim("c", "s2"))).isInstanceOf(Acquisition.Busy.class);
            assertThat((String) server.call("CLIENT", "LIST"))
                    .as("made again by the store, and not by its driver too")
                    .containsOnlyOnce("name=chatstream");
            assertThat(opened.lines().lines()).hasSize(3);
            assertThat(opened.lines().lines().get(1))
                    .startsWith("INFO the connection to Redis at 127.0.0.1:" + server.port() + " is lost: ")
                    .endsWith("; connecting again");
            assertThat(opened.lines().lines().get(2)).startsWith("INFO connected to Redis");
        }
    }

    @Test
    void aServerThatIsStartedAgainIsFoundAndKnowsItsScriptsAgain() {
        try (Opened opened = Opened.up(server.uri())) {
            opened.won(Opened.claim("c", "s"));
            opened.links().forget();

            server.kill();
            opened.links().awaitDown();
            assertThat(Opened.failure(opened.acquire(Opened.claim("c", "s"))).kind())
                    .isEqualTo(Failure.Kind.NOT_SENT);
            server.restart();

            opened.links().awaitUp();
            opened.won(Opened.claim("c", "s"));
        }
    }

    @Test
    void aPasswordThatChangesIsReadAgainAtTheNextConnection(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("password");
        Files.writeString(file, "first\n");
        server.call("CONFIG", "SET", "requirepass", "first");
        RedisStore.Settings settings = new Stores.Builder(Stores.settings(server.uri()))
                .login(null, "stands-behind-the-file")
                .passwordFile(file)
                .build();
        try (Opened opened = Opened.up(settings);
                Resp admin = server.client()) {
            admin.call("AUTH", "first");
            admin.call("CONFIG", "SET", "requirepass", "second");
            Files.writeString(file, "second");
            opened.links().forget();

            admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            opened.links().awaitUp();
            opened.won(Opened.claim("c", "s"));
        }
    }

    @Test
    void noAnswerInTimeIsAnAnswerAndALateOneChangesNothing() {
        try (Opened opened = Opened.up(quick())) {
            Claim claim = Opened.claim("c", "s");
            server.signal("STOP");
            CompletableFuture<Acquisition> late = opened.store().acquire(claim, null, false);

            Failure failure = Opened.failure(Opened.get(late));
            server.signal("CONT");

            assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
            assertThat(failure.message()).contains("no answer from Redis", "within 300 ms");
            assertThat(Opened.get(opened.store().ping(opened.store().laneOfChat("c"))))
                    .isEqualTo(new Written.Done());
            assertThat(opened.links().heard()).noneMatch(news -> news.startsWith("down"));
            assertThat(Opened.get(late)).isSameAs(failure);
            assertThat(server.call("GET", new Keys("").lock("c"))).isEqualTo("s");
        }
    }

    @Test
    void aServerThatOwesEveryAnswerForTooLongIsConnectedToAnew() {
        try (Opened opened = Opened.up(quick())) {
            server.signal("STOP");
            assertThat(Opened.failure(opened.acquire(Opened.claim("c", "s"))).kind())
                    .isEqualTo(Failure.Kind.NO_ANSWER);

            assertThat(opened.links().awaitDown()).contains("no answer for 3000 ms");
            opened.links().forget();
            server.signal("CONT");

            opened.links().awaitUp();
        }
    }

    @Test
    void whatWasUnderWayWhenTheConnectionWasLostIsNotReplayed() {
        try (Opened opened = Opened.up(server.uri())) {
            opened.won(Opened.claim("other", "s"));
            opened.links().forget();
            server.signal("STOP");
            CompletableFuture<Acquisition> lost = opened.store().acquire(Opened.claim("c", "s"), null, false);
            server.kill();

            Failure failure = Opened.failure(Opened.get(lost));
            server.restart();
            opened.links().awaitUp();

            // whether it had left this JVM by then is the scheduler's business; that it does not come back is ours
            assertThat(failure.kind()).isIn(Failure.Kind.NO_ANSWER, Failure.Kind.NOT_SENT);
            assertThat(Opened.get(opened.store().ping(opened.store().laneOfChat("c"))))
                    .isEqualTo(new Written.Done());
            assertThat(server.call("DBSIZE")).isEqualTo(0L);
        }
    }

    @Test
    void aPrimaryThatBecomesAReplicaIsLeft() {
        try (Opened opened = Opened.up(server.uri());
                RedisServer other = RedisServer.start()) {
            opened.links().forget();
            server.call("REPLICAOF", "127.0.0.1", other.port());

            Failure failure = Opened.failure(opened.acquire(Opened.claim("c", "s")));

            assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
            assertThat(failure.message()).contains("READONLY", "it is a replica");
            opened.links().awaitDown();
            opened.links().await(news -> news.contains("it is a replica; name the primary"));
            server.call("REPLICAOF", "NO", "ONE");
            opened.links().awaitUp();
        }
    }

    @Test
    void openingTwiceIsOpeningOnce() {
        try (Opened opened = Opened.up(server.uri())) {
            opened.store().open(opened.links());
            opened.won(Opened.claim("c", "s"));

            assertThat((String) server.call("CLIENT", "LIST")).containsOnlyOnce("name=chatstream");
        }
    }

    @Test
    void addressesMayBeSeeds() {
        List<String> uris = List.of("redis://127.0.0.1:" + RedisServer.freePort(), server.uri());
        try (Opened opened = Opened.up(uris.toArray(String[]::new))) {
            opened.won(Opened.claim("c", "s"));
        }
    }

    private RedisStore.Settings quick() {
        return new Stores.Builder(Stores.settings(server.uri())).timeout(QUICK).build();
    }
}
