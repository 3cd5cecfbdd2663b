package dev.chatstream.agent.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A private CA and what it signs, as PEM files. */
final class Certificates {

    private final Path directory;
    private final String name;
    private final KeyPair authority;
    private final Map<String, KeyPair> keys = new HashMap<>();

    Certificates(Path directory, String name) throws GeneralSecurityException {
        this.directory = directory;
        this.name = name;
        this.authority = pair("EC", 256);
        write("ca.crt", pem("CERTIFICATE", Certificate.of(name, name, authority, authority, Certificate.AUTHORITY)));
    }

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    Path ca() {
        return file("ca.crt");
    }

    /** Signed by the CA, for this address. */
    void sign(String alias, String algorithm, int size, int... address) throws GeneralSecurityException {
        KeyPair pair = pair(algorithm, size);
        keys.put(alias, pair);
        byte[] certificate = Certificate.of(name, alias, authority, pair, Certificate.address(address));
        write(alias + ".crt", pem("CERTIFICATE", certificate));
    }

    Path certificate(String alias) {
        return file(alias + ".crt");
    }

    PrivateKey privateKey(String alias) {
        return keys.get(alias).getPrivate();
    }

    private Path file(String file) {
        return directory.resolve(name + "-" + file);
    }

    /** In the form that the JDK reads. */
    Path key(String alias) {
        return write(alias + ".key", pem("PRIVATE KEY", privateKey(alias).getEncoded()));
    }

    /** In the older form of its algorithm: what is inside the wrapping. */
    Path olderKey(String alias) {
        PrivateKey key = privateKey(alias);
        byte[] der = key.getEncoded();
        byte[] inner = innermostOctets(der);
        if (key.getAlgorithm().equals("RSA")) {
            return write(alias + ".older.key", pem("RSA PRIVATE KEY", inner));
        }
        return write(alias + ".older.key", pem("EC PRIVATE KEY", withCurve(inner)));
    }

    /** PKCS #8: SEQUENCE { 0, algorithm, OCTET STRING }, with the octet string at its end. */
    private static byte[] innermostOctets(byte[] pkcs8) {
        for (int at = 0; at < pkcs8.length; at++) {
            int header = pkcs8[at] == 4 ? headerLength(pkcs8, at) : -1;
            if (header > 0) {
                return Arrays.copyOfRange(pkcs8, at + header, pkcs8.length);
            }
        }
        throw new IllegalStateException("no octet string");
    }

    /** The length of tag and length, if what follows reaches exactly to the end. */
    private static int headerLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int bytes = first < 0x80 ? 0 : first & 0x7f;
        int length = bytes == 0 ? first : 0;
        for (int i = 0; i < bytes && at + 2 + i < der.length; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        int header = 2 + bytes;
        return at + header + length == der.length ? header : -1;
    }

    /** SEQUENCE { 1, key } becomes SEQUENCE { 1, key, [0] secp256r1 }: what openssl writes. */
    private static byte[] withCurve(byte[] sec1) {
        byte[] curve = {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        byte[] joined = Arrays.copyOf(sec1, sec1.length + curve.length);
        System.arraycopy(curve, 0, joined, sec1.length, curve.length);
        joined[1] = (byte) (joined[1] + curve.length);
        return joined;
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private Path write(String file, String text) {
        try {
            return Files.writeString(file(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
