package dev.chatstream.agent.redis;

import io.lettuce.core.SslOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** TLS from PEM files, which are read for each connection: certificates are replaced while the JVM runs. */
final class Tls {

    private Tls() {}

    static SslOptions options(RedisStore.Settings settings, Duration handshake) throws Trouble {
        Optional<X509Certificate[]> trusted = certificates(settings.caFile(), "redis-ca-file");
        Optional<X509Certificate[]> own = certificates(settings.certFile(), "redis-cert-file");
        Optional<PrivateKey> key = key(settings.keyFile());
        if (own.isPresent() != key.isPresent()) {
            throw new Trouble("redis-cert-file and redis-key-file belong together, and only one of them is set");
        }
        return SslOptions.builder()
                .jdkSslProvider()
                .handshakeTimeout(handshake)
                .sslContext(context -> {
                    trusted.ifPresent(context::trustManager);
                    key.ifPresent(secret -> context.keyManager(secret, own.orElseThrow()));
                })
                .build();
    }

    private static Optional<X509Certificate[]> certificates(Optional<Path> file, String setting) throws Trouble {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(file.get(), setting)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new Trouble(file.get() + " (" + setting + ") holds no certificate in PEM");
            }
            return Optional.of(found.toArray(X509Certificate[]::new));
        } catch (CertificateException e) {
            throw new Trouble(file.get() + " (" + setting + ") is no certificate in PEM");
        }
    }

    private static Optional<PrivateKey> key(Optional<Path> file) throws Trouble {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PemKey.read(Keys.text(read(file.get(), "redis-key-file"))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Trouble(file.get() + " (redis-key-file) is no private key in PEM without a password");
        }
    }

    private static byte[] read(Path file, String setting) throws Trouble {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Trouble(file + " (" + setting + ") does not exist");
        } catch (IOException e) {
            throw new Trouble(
                    file + " (" + setting + ") cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
