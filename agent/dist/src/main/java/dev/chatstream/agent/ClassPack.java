package dev.chatstream.agent;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The agent's class files, in one entry of its jar. The JVM reads the whole directory of a jar on its flag before it does
 * anything else: with an entry for each of some 7,000 class files that alone took longer than all that an application with
 * nothing to guard needs of the agent.
 *
 * <p>The form, numbers as {@link java.io.DataOutput} writes them: how many class files there are; for each the hash of its
 * name, by {@link String#hashCode()}, and where it begins, counted from the start of the pack, in the order of the hashes;
 * then in the same order each one's name with slashes and without {@code .class}, its size, its packed size, and its bytes,
 * packed by zlib unless the sizes are the same. The entry is stored in the jar as it is, so that one can begin to read
 * anywhere; a tool that has packed it once more leaves the agent working, and slow.
 */
// not @NullMarked, whose targets Java 8 does not know
@SuppressWarnings("RequireExplicitNullMarking")
final class ClassPack {

    private static final String ENTRY = "inst/classes";
    private static final int INT = 4;
    private static final int PLACE = 2 * INT;

    /** More than any class file that is in it, so that a damaged pack does not ask for all the memory there is. */
    private static final int MOST_BYTES = 1 << 20;

    private final ZipFile jar;
    private final ZipEntry entry;

    /** Read once: some 40 kB. */
    private final byte[] index;

    /** One that is not in use: its memory, which is not the heap's, is not asked for anew for each class file. */
    private final AtomicReference<@Nullable Inflater> spare = new AtomicReference<>();

    ClassPack(ZipFile jar) throws IOException {
        this.jar = jar;
        ZipEntry found = jar.getEntry(ENTRY);
        if (found == null) {
            throw new FileNotFoundException(ENTRY + " is missing");
        }
        this.entry = found;
        try (DataInputStream in = new DataInputStream(jar.getInputStream(found))) {
            int count = in.readInt();
            if (count < 0 || count > entry.getSize() / PLACE) {
                throw new ZipException(ENTRY + " is damaged");
            }
            this.index = new byte[count * PLACE];
            in.readFully(index);
        }
    }

    /**
     * The class file of this name, or null if there is none.
     *
     * @param name with slashes, without {@code .class}
     */
    byte @Nullable [] read(String name) throws IOException {
        int hash = name.hashCode();
        for (int at = first(hash); at < index.length && intAt(at) == hash; at += PLACE) {
            byte[] found = read(name, begin(at), begin(at + PLACE));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Where in the index the first one with this hash, or a higher one, stands. */
    private int first(int hash) {
        int low = 0;
        int high = index.length / PLACE;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (intAt(middle * PLACE) < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * PLACE;
    }

    private int intAt(int at) {
        return index[at] << 24 | (index[at + 1] & 0xff) << 16 | (index[at + 2] & 0xff) << 8 | (index[at + 3] & 0xff);
    }

    /** Where the class file of this place in the index begins; behind the last place, where the pack ends. */
    private long begin(int at) {
        return at < index.length ? intAt(at + INT) : entry.getSize();
    }

    /** Null if another one of the same hash is there. */
    private byte @Nullable [] read(String name, long begin, long end) throws IOException {
        byte[] record = record(begin, bounded(end - begin));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        if (!name.equals(in.readUTF())) {
            return null;
        }
        int size = bounded(in.readInt());
        int packed = in.readInt();
        if (packed != in.available()) {
            throw new ZipException(ENTRY + " is damaged");
        }
        return packed == size
                ? Arrays.copyOfRange(record, record.length - size, record.length)
                : unpack(record, packed, size);
    }

    private byte[] record(long begin, int length) throws IOException {
        byte[] record = new byte[length];
        try (InputStream pack = jar.getInputStream(entry)) {
            if (pack.skip(begin) != begin) {
                throw new ZipException(ENTRY + " is cut off");
            }
            new DataInputStream(pack).readFully(record);
        }
        return record;
    }

    private static int bounded(long size) throws IOException {
        if (size < 0 || size > MOST_BYTES) {
            throw new ZipException(ENTRY + " is damaged");
        }
        return (int) size;
    }

    private byte[] unpack(byte[] record, int packed, int size) throws IOException {
        Inflater inflater = spare.getAndSet(null); // race: of two threads at once, one makes another
        if (inflater == null) {
            inflater = new Inflater();
        }
        try {
            inflater.setInput(record, record.length - packed, packed);
            byte[] bytes = new byte[size];
            // finished: the checksum was right
            if (inflater.inflate(bytes) != size || !inflater.finished()) {
                throw new ZipException(ENTRY + " is damaged");
            }
            return bytes;
        } catch (DataFormatException wrong) {
            throw new ZipException(ENTRY + " is damaged: " + wrong.getMessage());
        } finally {
            inflater.reset();
            Inflater second = spare.getAndSet(inflater);
            if (second != null) {
                second.end();
            }
        }
    }
}
