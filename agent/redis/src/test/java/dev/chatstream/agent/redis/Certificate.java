package dev.chatstream.agent.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes X.509 certificates, as much of them as a test needs: the JDK can only read them. */
final class Certificate {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final byte[] ECDSA_WITH_SHA256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};

    /** Basic constraints: a CA. */
    static final byte[] AUTHORITY =
            extension(new byte[] {6, 3, 0x55, 0x1d, 0x13}, tagged(SEQUENCE, new byte[] {1, 1, (byte) 0xff}));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Certificate() {}

    static byte[] of(String issuer, String subject, KeyPair signer, KeyPair owner, byte[] extension)
            throws GeneralSecurityException {
        byte[] body = tagged(
                SEQUENCE,
                tagged(0xa0, new byte[] {2, 1, 2}),
                new byte[] {2, 1, (byte) (subject.length() & 0x7f)},
                tagged(SEQUENCE, ECDSA_WITH_SHA256),
                name(issuer),
                tagged(SEQUENCE, time(Duration.ofHours(-1)), time(Duration.ofDays(3))),
                name(subject),
                owner.getPublic().getEncoded(),
                tagged(0xa3, tagged(SEQUENCE, extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(body);
        return tagged(SEQUENCE, body, tagged(SEQUENCE, ECDSA_WITH_SHA256), tagged(3, new byte[1], signature.sign()));
    }

    /** Subject alternative name: this IPv4 address. */
    static byte[] address(int... parts) {
        byte[] bytes = {(byte) parts[0], (byte) parts[1], (byte) parts[2], (byte) parts[3]};
        return extension(new byte[] {6, 3, 0x55, 0x1d, 0x11}, tagged(SEQUENCE, tagged(0x87, bytes)));
    }

    private static byte[] extension(byte[] kind, byte[] value) {
        return tagged(SEQUENCE, kind, tagged(4, value));
    }

    private static byte[] name(String common) {
        byte[] text = tagged(0x0c, common.getBytes(US_ASCII));
        return tagged(SEQUENCE, tagged(SET, tagged(SEQUENCE, COMMON_NAME, text)));
    }

    private static byte[] time(Duration fromNow) {
        return tagged(0x18, TIME.format(Instant.now().plus(fromNow)).getBytes(US_ASCII));
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            value.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.size() < 0x80) {
            out.write(value.size());
        } else {
            out.write(0x82);
            out.write(value.size() >> 8);
            out.write(value.size());
        }
        out.writeBytes(value.toByteArray());
        return out.toByteArray();
    }
}
