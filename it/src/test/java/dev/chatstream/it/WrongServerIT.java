package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import dev.chatstream.it.harness.WrongServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that are wrong, ports that speak another language: one clear line, no secret in it, and the calls go on. */
class WrongServerIT {

    private static final String SECRET = "s3cret-Of-All";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @AfterEach
    void noPassword() {
        stage.redis().client().configSet("requirepass", "");
    }

    @Test
    void aMissingPasswordIsOneLineWithTheNextStep() {
        stage.redis().client().configSet("requirepass", SECRET);
        assertDegraded(stage.plan(), "password");
    }

    @Test
    void aWrongPasswordIsOneLineWithoutIt() {
        stage.redis().client().configSet("requirepass", SECRET);
        assertDegraded(stage.plan().environment("CHATSTREAM_REDIS_PASSWORD", "wrong-" + SECRET), "redis-password");
        assertDegraded(
                PodPlan.on("redis://:wrong-" + SECRET + "@127.0.0.1:"
                        + stage.redis().port()),
                "redis-password");
    }

    @Test
    void theRightPasswordWorksFromEverySourceAndIsNeverShown() throws IOException {
        stage.redis().client().configSet("requirepass", SECRET);
        Path file = Files.writeString(directory.resolve("password"), SECRET + "\n");
        assertConnects(stage.plan().with("redis-password-file", file.toString()));
        assertConnects(stage.plan().environment("CHATSTREAM_REDIS_PASSWORD", SECRET));
        assertConnects(stage.plan().with("redis-password", SECRET).with("log-level", "debug"))
                .log()
                .awaitContaining("WARN", "redis-password");
        assertConnects(PodPlan.on(
                "redis://default:" + SECRET + "@127.0.0.1:" + stage.redis().port()));
    }

    @Test
    void anEncryptedAddressOfAPlainPortIsOneLineWithTheNextStep() {
        assertDegraded(PodPlan.on("rediss://127.0.0.1:" + stage.redis().port()), "redis://");
    }

    @Test
    void aPlainAddressOfAnEncryptedPortIsOneLineWithTheNextStep() throws Exception {
        try (WrongServer server = WrongServer.encrypted(directory)) {
            assertDegraded(PodPlan.on("redis://127.0.0.1:" + server.port()), "rediss://");
        }
    }

    @Test
    void aServerThatIsNotRedisIsOneLine() throws Exception {
        byte[] web = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno".getBytes(StandardCharsets.UTF_8);
        try (WrongServer server = WrongServer.answering(web)) {
            assertDegraded(PodPlan.on("redis://127.0.0.1:" + server.port()), "127.0.0.1:" + server.port());
        }
    }

    @Test
    void aServerThatAnswersRubbishIsOneLine() throws Exception {
        byte[] rubbish = new byte[4096];
        for (int i = 0; i < rubbish.length; i++) {
            rubbish[i] = (byte) (i * 31 + 7);
        }
        try (WrongServer server = WrongServer.answering(rubbish)) {
            assertDegraded(PodPlan.on("redis://127.0.0.1:" + server.port()), "127.0.0.1:" + server.port());
        }
    }

    @Test
    void aServerThatNeverAnswersIsOneLineAndCallsDoNotWaitForIt() throws Exception {
        try (WrongServer server = WrongServer.answering(new byte[0])) {
            assertDegraded(PodPlan.on("redis://127.0.0.1:" + server.port()), "does not answer");
        }
    }

    @Test
    void aWrongAddressIsOneLine() {
        Pod pod = stage.launch(PodPlan.on("http://user:" + SECRET + "@localhost"));
        pod.enter("a", "address", "wait");
        pod.end("a");
        pod.log().awaitContaining("WARN", "redis-uri", "redis://");
        assertClean(pod);
    }

    private static Pod assertConnects(PodPlan plan) {
        Pod pod = stage.pod(plan);
        assertThat(pod.enter("a", "right", "wait").holdsLock()).isTrue();
        pod.end("a");
        assertClean(pod);
        return pod;
    }

    private static void assertDegraded(PodPlan plan, String hint) {
        Pod pod = stage.launch(plan);
        Told told = pod.enter("a", "wrong", "wait");
        assertThat(told.holdsLock()).isFalse();
        String line = pod.log().awaitContaining("no connection to Redis", hint);
        assertThat(line.length()).isLessThan(600);
        assertThat(pod.end("a")).startsWith("answered");
        assertClean(pod);
    }

    private static void assertClean(Pod pod) {
        assertThat(pod.finish()).isZero();
        assertThat(pod.log().all())
                .allMatch(line -> line.startsWith("[chatstream] "), "a line of the agent's, no stack");
        assertThat(pod.log().toString() + pod.output()).doesNotContain(SECRET);
        assertThat(pod.log().all())
                .filteredOn(line -> !line.contains(" DEBUG "))
                .hasSizeLessThan(8);
    }
}
