package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Identity;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.TlsFront;
import dev.chatstream.it.harness.Told;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract 5 and 6: a Redis behind TLS, with a private CA and a client certificate. */
class TlsIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private Identity client;
    private TlsFront front;
    private PodPlan plan;

    @BeforeEach
    void listen() throws Exception {
        Identity server = Identity.of("server", directory);
        client = Identity.of("client", directory);
        front = new TlsFront(server, client, stage.redis().port());
        plan = PodPlan.on("rediss://127.0.0.1:" + front.port()).with("redis-ca-file", server.certificate());
    }

    @AfterEach
    void close() throws Exception {
        front.close();
    }

    private PodPlan known() throws Exception {
        return plan.with("redis-cert-file", client.certificate()).with("redis-key-file", client.key());
    }

    @Test
    void aPrivateCaAndAClientCertificateOpenTheDoor() throws Exception {
        Pod pod = stage.pod(known());
        Told told = pod.enter("a", "behind TLS", "wait");
        assertThat(told.holdsLock()).isTrue();
        assertThat(stage.holderOf("behind TLS")).isEqualTo(told.streamId());
        pod.end("a");
        assertThat(stage.holderOf("behind TLS")).isNull();
        pod.log().awaitContaining("connected to Redis", "over TLS");
        assertThat(pod.log().containing(" WARN ")).isEmpty();
    }

    @Test
    void withoutTheCertificateOfAClientNobodyIsLetInAndThatIsSaid() {
        Pod pod = stage.launch(plan);
        assertThat(pod.enter("a", "unknown", "wait").holdsLock()).isFalse();
        pod.log().awaitContaining("no connection to Redis", "127.0.0.1:" + front.port());
        pod.end("a");
    }

    @Test
    void aServerThatThisCaDidNotSignIsNotTalkedToAndThatIsSaid() throws Exception {
        Pod pod = stage.launch(known().without("redis-ca-file"));
        assertThat(pod.enter("a", "untrusted", "wait").holdsLock()).isFalse();
        pod.log().awaitContaining("no connection to Redis", "redis-ca-file");
        pod.end("a");
    }
}
