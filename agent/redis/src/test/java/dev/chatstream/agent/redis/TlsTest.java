package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static RedisServer server;
    private static String uri;

    @BeforeAll
    static void startServer() throws Exception {
        certificates = new Certificates(directory, "ours");
        certificates.sign("server", "RSA", 2048, 127, 0, 0, 1);
        certificates.sign("client", "RSA", 2048, 127, 0, 0, 9);
        certificates.sign("elliptic", "EC", 256, 127, 0, 0, 9);
        server = start("yes", certificates.certificate("server"), certificates.key("server"));
        uri = "rediss://127.0.0.1:" + server.port();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static RedisServer start(String asksForClients, Path certificate, Path key) {
        int port = RedisServer.freePort();
        return RedisServer.start(
                Binary.REDIS_7_0,
                port,
                List.of(
                        "--port",
                        "0",
                        "--tls-port",
                        "" + port,
                        "--save",
                        "",
                        "--bind",
                        "127.0.0.1",
                        "--tls-auth-clients",
                        asksForClients,
                        "--tls-ca-cert-file",
                        certificates.ca().toString(),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString()));
    }

    @Test
    void aPrivateCaAndAClientCertificateOpenTheDoor() {
        try (Opened opened = Opened.up(tls(uri, certificates.ca(), "client", certificates.key("client")))) {
            opened.won(Opened.claim("c1", "s"));
            assertThat(opened.lines().lines().get(0)).endsWith(", over TLS");
        }
    }

    @Test
    void keysInOlderFormsDoToo() {
        try (Opened rsa = Opened.up(tls(uri, certificates.ca(), "client", certificates.olderKey("client")));
                Opened ec = Opened.up(tls(uri, certificates.ca(), "elliptic", certificates.olderKey("elliptic")))) {
            rsa.won(Opened.claim("c2", "s"));
            ec.won(Opened.claim("c3", "s"));
        }
    }

    @Test
    void aClientCertificateThatIsMissingIsSaid() {
        assertThat(trouble(tls(uri, certificates.ca(), null, null)))
                .containsAnyOf(
                        "it asks for a client certificate: set redis-cert-file and redis-key-file",
                        "it closes the connection without an answer");
    }

    @Test
    void aCaThatIsNotTrustedIsSaid() throws Exception {
        assertThat(trouble(tls(uri, null, "client", certificates.key("client"))))
                .contains("its certificate is not signed by a CA that is trusted here: set redis-ca-file");
        Certificates others = new Certificates(directory, "others");
        assertThat(trouble(tls(uri, others.ca(), "client", certificates.key("client"))))
                .contains("set redis-ca-file");
    }

    @Test
    void aCertificateForAnotherNameIsSaidAndMayBeAccepted() {
        String named = "rediss://localhost:" + server.port();

        assertThat(trouble(tls(named, certificates.ca(), "client", certificates.key("client"))))
                .contains("its certificate is made out to another name", "?verifyPeer=CA");
        try (Opened opened =
                Opened.up(tls(named + "?verifyPeer=CA", certificates.ca(), "client", certificates.key("client")))) {
            opened.won(Opened.claim("c4", "s"));
        }
    }

    @Test
    void withoutVerificationAnyServerDoes() {
        try (Opened opened = Opened.up(tls(uri + "?verifyPeer=NONE", null, "client", certificates.key("client")))) {
            opened.won(Opened.claim("c5", "s"));
        }
    }

    @Test
    void aPlainAddressToATlsPortIsSaid() {
        assertThat(trouble(Stores.settings("redis://127.0.0.1:" + server.port())))
                .contains("if its port speaks TLS, write rediss://");
    }

    @Test
    void filesThatAreWrongAreNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no certificate");
        Path missing = directory.resolve("missing");

        assertThat(trouble(tls(uri, missing, null, null))).contains(missing + " (redis-ca-file) does not exist");
        assertThat(trouble(tls(uri, text, null, null))).contains(text + " (redis-ca-file)", "certificate in PEM");
        assertThat(trouble(tls(uri, certificates.ca(), "client", text)))
                .contains(text + " (redis-key-file) is no private key in PEM without a password");
        assertThat(trouble(tls(uri, certificates.ca(), "client", null)))
                .contains("redis-cert-file and redis-key-file belong together");
    }

    @Test
    void certificatesAreReadAgainAtTheNextConnection() throws Exception {
        Path ca = directory.resolve("rotating");
        Files.copy(new Certificates(directory, "old").ca(), ca);
        try (Opened opened = Opened.with(tls(uri, ca, "client", certificates.key("client")))) {
            opened.links().awaitDown();

            Files.write(ca, Files.readAllBytes(certificates.ca()));

            opened.links().awaitUp();
        }
    }

    @Test
    void keysAreReadInEveryForm() throws GeneralSecurityException, IOException {
        for (String alias : List.of("client", "elliptic")) {
            byte[] expected = certificates.privateKey(alias).getEncoded();

            assertThat(PemKey.read(Files.readString(certificates.key(alias))).getEncoded())
                    .isEqualTo(expected);
            assertThat(PemKey.read(Files.readString(certificates.olderKey(alias)))
                            .getAlgorithm())
                    .isEqualTo(certificates.privateKey(alias).getAlgorithm());
        }
        assertThatThrownBy(() ->
                        PemKey.read("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static RedisStore.Settings tls(String uri, Path ca, String client, Path key) {
        return new Stores.Builder(Stores.settings(uri))
                .tls(ca, client == null ? null : certificates.certificate(client), key)
                .build();
    }

    private static String trouble(RedisStore.Settings settings) {
        try (Opened opened = Opened.with(settings)) {
            String why = opened.links().awaitDown();
            assertThat(why).doesNotContain("\n", "Exception");
            return why;
        }
    }
}
