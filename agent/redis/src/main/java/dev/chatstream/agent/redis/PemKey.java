package dev.chatstream.agent.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM. The JDK reads PKCS #8 only; the older forms, which certificate managers still write, hold the
 * same and are wrapped into it.
 */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final byte[] VERSION_0 = {2, 1, 0};
    /** rsaEncryption and its empty parameters. */
    private static final byte[] RSA = {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0xd, 1, 1, 1, 5, 0};
    /** ecPublicKey; its parameters name the curve. */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int CURVE = 0xa0;

    private PemKey() {}

    static PrivateKey read(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeySpecException("no private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        return decode(
                switch (block.group(1)) {
                    case "RSA PRIVATE KEY" -> wrap(RSA, der);
                    case "EC PRIVATE KEY" -> wrap(joined(EC, curve(der)), der);
                    default -> der;
                });
    }

    private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
        InvalidKeySpecException last = new InvalidKeySpecException("no known algorithm");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, joined(VERSION_0, tagged(SEQUENCE, algorithm), tagged(OCTETS, key)));
    }

    /** The curve's name out of an elliptic key: SEQUENCE of version, key, and then [0] with the name. */
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        ByteBuffer outer = ByteBuffer.wrap(der);
        if (outer.get() == SEQUENCE) {
            length(outer);
            while (outer.hasRemaining()) {
                int tag = outer.get() & 0xff;
                byte[] value = new byte[length(outer)];
                outer.get(value);
                if (tag == CURVE) {
                    return value;
                }
            }
        }
        throw new InvalidKeySpecException("the key does not name its curve");
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der.get() & 0xff);
        }
        return Math.min(length, der.remaining());
    }

    private static byte[] tagged(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length < 0x80) {
            out.write(value.length);
        } else {
            out.write(0x82);
            out.write(value.length >> 8);
            out.write(value.length);
        }
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
