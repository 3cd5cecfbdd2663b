package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a store costs that nobody asks anything, and what is left of one that is closed. */
class IdleTest {

    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void nothingIsSentThatNobodyAskedFor() {
        try (Opened opened = Opened.up(server.uri())) {
            opened.won(Opened.claim("idle", "s"));
            long before = commands();

            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());

            assertThat(commands() - before)
                    .as("commands besides the question itself")
                    .isEqualTo(1);
        }
    }

    @Test
    void connectingCostsOneCommand() {
        long before = commands();

        try (Opened opened = Opened.up(server.uri())) {
            assertThat(commands() - before)
                    .as("HELLO, besides the question itself")
                    .isEqualTo(2);
            assertThat(opened.links().heard()).hasSize(1);
        }
    }

    @Test
    void nothingIsConnectedBeforeItIsOpened() {
        long before = connections();

        try (RedisStore store = Stores.store(server.uri())) {
            assertThat(connections() - before).as("the question's own").isEqualTo(1);
            awaitThreads();
            assertThat(store.laneOfChat("c")).isEmpty();
        }
    }

    @Test
    void oneThreadIsEnoughAndNoneIsLeft() {
        try (Opened opened = Opened.up(server.uri())) {
            opened.won(Opened.claim("c", "s"));
            awaitThreads("chatstream-redis-io");
        }

        awaitThreads();
    }

    @Test
    void noThreadIsLeftOfAStoreThatNeverConnected() {
        try (Opened opened = Opened.with(Stores.settings("redis://127.0.0.1:" + RedisServer.freePort()))) {
            opened.links().awaitDown();
        }

        awaitThreads();
    }

    @Test
    void whatIsUnderWayWhenTheStoreClosesIsAnswered() {
        Opened opened = Opened.up(server.uri());
        server.signal("STOP");
        CompletableFuture<?> asked = opened.store().mark("s");

        opened.close();
        server.signal("CONT");

        assertThat(Opened.failure(Opened.get(asked)).kind()).isIn(Failure.Kind.NO_ANSWER, Failure.Kind.NOT_SENT);
    }

    @Test
    void closingFromTheStoresOwnThreadDoesNotWaitForItself() {
        Opened opened = Opened.up(server.uri());

        Opened.get(opened.store().mark("s").thenAccept(done -> opened.close()));

        awaitThreads();
    }

    private static long commands() {
        return number("total_commands_processed");
    }

    private static long connections() {
        return number("total_connections_received");
    }

    private static long number(String name) {
        String stats = (String) server.call("INFO", "stats");
        return Long.parseLong(stats.replaceAll("(?s).*" + name + ":(\\d+).*", "$1"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.matches(".*(redis|lettuce|netty|nio|globalEventExecutor|reactor|parallel-).*"))
                .sorted()
                .toList();
    }

    /** A thread ends a little after whoever waited for it goes on. */
    private static void awaitThreads(String... names) {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (!threads().equals(List.of(names))) {
            assertThat(System.nanoTime() - end).as("still there: %s", threads()).isNegative();
            Thread.onSpinWait();
        }
    }
}
