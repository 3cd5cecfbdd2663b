package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read when there is no connection: one line, the cause, the next step, no secret, no stack trace. */
class ConnectionTroubleTest {

    @Test
    void aPortThatNobodyListensOnIsRefused() {
        assertThat(trouble("redis://127.0.0.1:" + RedisServer.freePort()))
                .contains("the connection is refused; check host and port in redis-uri, and that Redis runs");
    }

    @Test
    void aNameThatIsNoneCannotBeResolved() {
        assertThat(trouble("redis://no-such-host.invalid:6379"))
                .contains("the name no-such-host.invalid cannot be resolved; check redis-uri and DNS");
    }

    @Test
    void whatIsNotRedisIsSaidToBeNone() throws IOException {
        try (Impostor impostor = new Impostor("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(trouble("redis://127.0.0.1:" + impostor.port()))
                    .contains("what answers is not Redis; if its port speaks TLS, write rediss://");
        }
    }

    @Test
    void whoeverClosesAtOnceMayWantTls() throws IOException {
        try (Impostor impostor = new Impostor(null)) {
            assertThat(trouble("redis://127.0.0.1:" + impostor.port()))
                    .contains("closes the connection without an answer; if its port speaks TLS, write rediss://");
        }
    }

    @Test
    void whoeverNeverAnswersIsAskedNoLongerThanAGreetingMayTake() throws IOException {
        try (Impostor impostor = new Impostor("")) {
            assertThat(trouble("redis://127.0.0.1:" + impostor.port()))
                    .contains("it accepts connections and does not answer; is it Redis, and not overloaded?");
        }
    }

    @Test
    void tlsToAPlainPortIsSaid() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(trouble("rediss://127.0.0.1:" + server.port()))
                    .containsAnyOf("write redis:// for a plain port", "if its port is a plain one, write redis://");
        }
    }

    @Test
    void aMissingPasswordIsAskedFor() {
        try (RedisServer server = RedisServer.start("--requirepass", "s3cret")) {
            assertThat(trouble(server.uri()))
                    .contains("NOAUTH", "it asks for a password: set redis-password-file or redis-password");
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNeverShown() {
        try (RedisServer server = RedisServer.start("--requirepass", "s3cret")) {
            assertThat(trouble("redis://:wr0ng@127.0.0.1:" + server.port()))
                    .contains("WRONGPASS", "check redis-username, redis-password or redis-password-file")
                    .doesNotContain("wr0ng");
        }
    }

    @Test
    void aMissingPasswordFileIsNamedAndLookedForAgain(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("password");
        try (RedisServer server = RedisServer.start("--requirepass", "s3cret");
                Opened opened = Opened.with(new Stores.Builder(Stores.settings(server.uri()))
                        .passwordFile(file)
                        .build())) {
            assertThat(opened.links().awaitDown())
                    .contains("the password file " + file + " (redis-password-file) does not exist");

            Files.writeString(file, "s3cret\n");

            opened.links().awaitUp();
        }
    }

    @Test
    void aReplicaIsNotTakenForThePrimary() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + primary.port())) {
            assertThat(trouble(replica.uri()))
                    .contains("it is a replica; name the primary in redis-uri, or use redis-sentinel://");
            try (Opened opened = Opened.up(replica.uri(), primary.uri())) {
                assertThat(opened.lines().lines().get(0)).contains("at 127.0.0.1:" + primary.port());
            }
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsSaid() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(trouble(server.uri() + "/99")).contains("check the database at the end of redis-uri");
        }
    }

    @Test
    void theSameTroubleIsSaidOnceHoweverOftenItIsMet() throws IOException {
        try (Impostor impostor = new Impostor(null);
                Opened opened = Opened.with(Stores.settings("redis://127.0.0.1:" + impostor.port()))) {
            impostor.awaitVisits(4);

            assertThat(opened.lines().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("INFO no connection to Redis: ");
            assertThat(opened.links().heard()).hasSize(1);
        }
    }

    @Test
    void everybodyWhoAsksMeanwhileIsToldWhy() {
        try (Opened opened = Opened.with(Stores.settings("redis://127.0.0.1:" + RedisServer.freePort()))) {
            opened.links().awaitDown();

            Failure failure = Opened.failure(opened.acquire(Opened.claim("c", "s")));

            assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_SENT);
            assertThat(failure.message()).contains("the connection is refused");
            assertThat(opened.store().laneOfChat("c")).isEmpty();
        }
    }

    /** What is said of this address; the same to the link and in the log. */
    private static String trouble(String uri) {
        try (Opened opened = Opened.with(Stores.settings(uri))) {
            String why = opened.links().awaitDown();
            List<String> lines = opened.lines().lines();
            assertThat(lines).first().asString().startsWith("INFO ").doesNotContain("Exception", "\n");
            assertThat(lines.get(0)).contains(why.substring("down  ".length()));
            return why;
        }
    }

    /** Accepts connections and answers the first word of each with the same text: none, or null to close it at once. */
    private static final class Impostor implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> visits = new CopyOnWriteArrayList<>();
        private final String text;

        Impostor(String text) throws IOException {
            this.text = text;
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            try {
                while (true) {
                    Socket visit = server.accept();
                    if (text == null) {
                        visit.close();
                    } else {
                        OutputStream out = visit.getOutputStream();
                        visit.getInputStream().read();
                        out.write(text.getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    }
                    synchronized (visits) {
                        visits.add(visit);
                        visits.notifyAll();
                    }
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        }

        int port() {
            return server.getLocalPort();
        }

        void awaitVisits(int number) {
            synchronized (visits) {
                while (visits.size() < number) {
                    try {
                        visits.wait();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket visit : visits) {
                visit.close();
            }
        }
    }
}
