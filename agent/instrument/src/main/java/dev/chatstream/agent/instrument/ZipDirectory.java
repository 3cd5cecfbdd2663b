package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The central directory of a zip archive that is in memory, or mapped into it. The JDK's reads files only, or one entry after
 * the other; an archive within another one is neither.
 */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_LENGTH = 46;
    private static final int LOCAL_HEADER_LENGTH = 30;
    private static final int IN_EXTRA = 0xFFFFFFFF;
    /** What is deflated grows by no more when it is inflated. */
    private static final long LARGEST_RATIO = 1032;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final ByteBuffer zip;
    private final List<Entry> entries = new ArrayList<>();

    private ZipDirectory(ByteBuffer archive) {
        this.zip = archive.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws IOException where it is no zip archive, or one cut off */
    static List<Entry> entries(ByteBuffer archive) throws IOException {
        try {
            ZipDirectory directory = new ZipDirectory(archive);
            directory.read();
            return directory.entries;
        } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
            throw new IOException("it is no whole zip archive", broken);
        }
    }

    private void read() throws IOException {
        int end = end();
        long length = u4(end + 12);
        long offset = u4(end + 16);
        int last = end;
        int locator = end - LOCATOR_64_LENGTH;
        if (locator >= 0 && zip.getInt(locator) == LOCATOR_64) {
            int end64 = place(zip.getLong(locator + 8));
            if (zip.getInt(end64) == END_64) {
                length = zip.getLong(end64 + 40);
                offset = zip.getLong(end64 + 48);
                last = end64;
            }
        }
        int at = place(last - length);
        int before = place(at - offset); // what stands before the archive, such as the script of an executable jar
        while (at + HEADER_LENGTH <= last && zip.getInt(at) == HEADER) {
            at = header(at, before);
        }
    }

    private int end() throws IOException {
        int lowest = Math.max(0, zip.limit() - END_LENGTH - LONGEST_COMMENT);
        for (int at = zip.limit() - END_LENGTH; at >= lowest; at--) {
            if (zip.getInt(at) == END) {
                return at;
            }
        }
        throw new IOException("it is no zip archive");
    }

    /** Answers where the next one begins. */
    private int header(int at, int before) {
        int nameLength = u2(at + 28);
        int extraLength = u2(at + 30);
        long[] sizes = {u4(at + 24), u4(at + 20), u4(at + 42)};
        takeFromExtra(at + HEADER_LENGTH + nameLength, extraLength, sizes);
        byte[] name = new byte[nameLength];
        zip.get(at + HEADER_LENGTH, name);
        entries.add(new Entry(
                zip,
                new String(name, StandardCharsets.UTF_8),
                u2(at + 10),
                place(sizes[0]),
                place(sizes[1]),
                place(sizes[2] + before)));
        return at + HEADER_LENGTH + nameLength + extraLength + u2(at + 32);
    }

    /** What does not fit into its field, or might not have, stands in a field of eight bytes behind the name. */
    private void takeFromExtra(int from, int length, long[] sizes) {
        int end = from + length;
        for (int at = from; at + 4 <= end; at += 4 + u2(at + 2)) {
            int field = at + 4;
            for (int i = 0; u2(at) == 1 && i < sizes.length; i++) {
                if (sizes[i] == Integer.toUnsignedLong(IN_EXTRA)) {
                    sizes[i] = zip.getLong(field);
                    field += 8;
                }
            }
        }
    }

    private int u2(int at) {
        return zip.getShort(at) & 0xFFFF;
    }

    private long u4(int at) {
        return Integer.toUnsignedLong(zip.getInt(at));
    }

    private static int place(long place) {
        if (place < 0 || place > Integer.MAX_VALUE) {
            throw new IndexOutOfBoundsException("beyond the archive");
        }
        return (int) place;
    }

    /**
     * One entry.
     *
     * @param size of its content
     * @param packed size of what stands for it in the archive
     * @param header where its own header begins
     */
    record Entry(ByteBuffer zip, String name, int method, int size, int packed, int header) {

        /** Its content, as a part of the archive where it is not compressed. */
        ByteBuffer content(Inflater inflater) throws IOException {
            return method == STORED ? packedBytes() : ByteBuffer.wrap(bytes(inflater));
        }

        byte[] bytes(Inflater inflater) throws IOException {
            if (size > LARGEST_RATIO * packed + LARGEST_RATIO) {
                throw new IOException("it says to be larger than it can be");
            }
            byte[] content = new byte[size];
            if (method == STORED) {
                packedBytes().get(content);
                return content;
            }
            if (method != DEFLATED) {
                throw new IOException("it is compressed in a way that is not known: " + method);
            }
            inflater.reset();
            inflater.setInput(packedBytes());
            try {
                int at = 0;
                while (at < size) {
                    int more = inflater.inflate(content, at, size - at);
                    if (more == 0) {
                        throw new IOException("it is shorter than it should be");
                    }
                    at += more;
                }
                return content;
            } catch (DataFormatException broken) {
                throw new IOException("it is broken", broken);
            }
        }

        private ByteBuffer packedBytes() throws IOException {
            try {
                int nameLength = zip.getShort(header + 26) & 0xFFFF;
                int extraLength = zip.getShort(header + 28) & 0xFFFF;
                return zip.slice(header + LOCAL_HEADER_LENGTH + nameLength + extraLength, packed);
            } catch (IndexOutOfBoundsException cut) {
                throw new IOException("it is cut off", cut);
            }
        }
    }
}
