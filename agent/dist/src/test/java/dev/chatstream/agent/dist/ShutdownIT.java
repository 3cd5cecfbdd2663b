package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.chat.Crowded;
import com.acme.chat.Draining;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM ends while a stream is open and a hook of the application's drains for three seconds: the stream keeps its lock
 * as long, with a lock that lives for two, and is aborted and released after.
 */
class ShutdownIT {

    private static final String LOCK = "copilot:chat-stream-lock:chat-1";

    private static RedisFixture redis;

    @TempDir
    static Path ofTheServer;

    @TempDir
    Path directory;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = RedisFixture.start(ofTheServer);
    }

    @AfterAll
    static void stopRedis() throws InterruptedException {
        redis.close();
    }

    @BeforeEach
    void noLockIsLeft() throws IOException {
        assertThat(redis.ask("FLUSHALL")).isEqualTo("+OK");
    }

    @Test
    void onSystemExit() throws IOException {
        Jvm.Ended ended = run("exit").end();

        assertThat(ended.code()).isEqualTo(3);
        assertReleasedAfterDraining(ended);
    }

    @Test
    void onANormalEnd() throws IOException {
        Jvm.Ended ended = run("return").end();

        assertThat(ended.code()).isZero();
        assertReleasedAfterDraining(ended);
    }

    @Test
    void onSigterm() throws IOException {
        Jvm jvm = run("signal");
        jvm.awaitLine("open, owner stream-1");
        jvm.terminate();
        jvm.awaitLine("draining");
        assertThat(redis.ask("EXISTS " + LOCK)).isEqualTo(":1");
        Jvm.Ended ended = jvm.end();

        assertThat(ended.code()).isEqualTo(143);
        assertReleasedAfterDraining(ended);
    }

    /** The application's hook asks for an owner when all is over: it hears that, and the JVM ends all the same. */
    @Test
    void whereTheJvmHasNoSuchPlaceAPlainHookReleasesAndThatIsSaid() throws IOException {
        Jvm.Ended ended = new Jvm(directory)
                .agent("redis-uri=" + redis.uri() + ";lock-ttl=2s")
                .with("--add-exports", "java.base/jdk.internal.access=ALL-UNNAMED")
                .running(Crowded.class, "exit")
                .end();
        assertThat(ended.code()).isEqualTo(3);
        assertThat(redis.ask("EXISTS " + LOCK)).isEqualTo(":0");
        assertThat(ended.out()).contains("aborted SHUTDOWN");
        assertThat(ended.err()).anyMatch(line -> line.contains("no place after the application's shutdown hooks"));
    }

    private Jvm run(String end) {
        return new Jvm(directory)
                .agent("redis-uri=" + redis.uri() + ";lock-ttl=2s;log-level=debug")
                .running(Draining.class, end)
                .start();
    }

    private void assertReleasedAfterDraining(Jvm.Ended ended) throws IOException {
        assertThat(redis.ask("EXISTS " + LOCK))
                .as("the lock, right after the JVM has ended")
                .isEqualTo(":0");
        assertThat(ended.out())
                .as("stdout; stderr is %s", ended.err())
                .containsExactly("open, owner stream-1", "draining", "drained, owner stream-1", "aborted SHUTDOWN");
    }
}
