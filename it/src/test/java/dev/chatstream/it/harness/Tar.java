package dev.chatstream.it.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A tar archive with one executable file: the whole of an image. */
final class Tar {

    private static final int BLOCK = 512;

    private Tar() {}

    static InputStream of(String name, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000755\0" + "0000000\0" + "0000000\0"); // mode, owner, group
        put(header, 124, String.format("%011o\0", content.length) + "00000000000\0"); // size, time
        put(header, 148, "        0"); // the checksum counts as blanks; a plain file
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(header);
        archive.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
        archive.writeBytes(new byte[2 * BLOCK]);
        return new ByteArrayInputStream(archive.toByteArray());
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
