package dev.chatstream.agent.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The scripts, beside this class as {@code .lua}: each is one atomic step of the lease protocol. */
@SuppressWarnings("ImmutableEnumChecker") // the arrays stay as they are read
enum Script {
    ACQUIRE,
    RENEW,
    RELEASE,
    ASK;

    private final byte[] text = read(name().toLowerCase(Locale.ROOT) + ".lua");
    private final byte[] sha = Keys.bytes(sha1(text));

    /** What EVAL takes. */
    byte[] text() {
        return text;
    }

    /** What EVALSHA takes. */
    byte[] sha() {
        return sha;
    }

    private static byte[] read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing in this jar: " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
