package dev.chatstream.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A key and a certificate of its own, which is also the CA that whoever trusts it is given. */
public final class Identity {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;
    private final String name;
    private final Path directory;

    private Identity(KeyStore keys, String name, Path directory) {
        this.keys = keys;
        this.name = name;
        this.directory = directory;
    }

    /** Made out to the loopback address. */
    public static Identity of(String name, Path directory) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2")
                .inheritIO()
                .start();
        if (!keytool.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("keytool does not end");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return new Identity(keys, name, directory);
    }

    /** For a server that shows this identity; {@code trusted}: whose clients it lets in, null: it asks for nobody. */
    SSLContext context(@Nullable Identity trusted) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        try {
            trust.load(null, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (trusted != null) {
            trust.setCertificateEntry(trusted.name, trusted.keys.getCertificate(trusted.name));
        }
        others.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted == null ? null : others.getTrustManagers(), null);
        return context;
    }

    /** The certificate's file, in PEM. */
    public String certificate() throws Exception {
        return pem("CERTIFICATE", keys.getCertificate(name).getEncoded());
    }

    /** The private key's file, in PEM. */
    public String key() throws Exception {
        return pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
    }

    private String pem(String type, byte[] encoded) throws IOException {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + type
                + "-----\n";
        return Files.writeString(directory.resolve(name + "-" + type.replace(' ', '-') + ".pem"), text)
                .toString();
    }
}
