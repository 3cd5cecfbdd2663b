package dev.chatstream.agent;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
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
 * then each one's name with slashes and without {@code .class}, its size, its packed size, and its bytes, packed by zlib
 * unless the sizes are the same. The entry is stored in the jar as it is, so that one can begin to read anywhere; a tool
 * that has packed it once more leaves the agent working, and slow.
 */
// not @NullMarked, whose targets Java 8 does not know
@SuppressWarnings("RequireExplicitNullMarking")
final class ClassPack {

    private static final String ENTRY = "inst/classes";
    private static final int INT = 4;
    private static final int PLACE = 2 * INT;
    private static final int BUFFER = 8192;

    /** More than any class file that is in it, so that a damaged pack does not ask for all the memory there is. */
    private static final int MOST_BYTES = 1 << 20;

    private final ZipFile jar;
    private final ZipEntry entry;

    /** Read once: some 60 kB. */
    private final byte[] index;

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
            byte[] found = read(name, intAt(at + INT));
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

    /** Null if another one of the same hash is there. */
    private byte @Nullable [] read(String name, int offset) throws IOException {
        try (InputStream pack = jar.getInputStream(entry)) {
            if (pack.skip(offset) != offset) {
                throw new ZipException(ENTRY + " is cut off");
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(pack, BUFFER));
            if (!name.equals(in.readUTF())) {
                return null;
            }
            byte[] bytes = new byte[bounded(in.readInt())];
            if (in.readInt() == bytes.length) {
                in.readFully(bytes);
            } else {
                unpack(in, bytes);
            }
            return bytes;
        }
    }

    private static int bounded(int size) throws IOException {
        if (size < 0 || size > MOST_BYTES) {
            throw new ZipException(ENTRY + " is damaged");
        }
        return size;
    }

    private static void unpack(InputStream packed, byte[] bytes) throws IOException {
        Inflater inflater = new Inflater();
        try {
            InputStream inflated = new InflaterInputStream(packed, inflater, BUFFER);
            new DataInputStream(inflated).readFully(bytes);
            if (inflated.read() >= 0) { // what looks at the checksum, too
                throw new ZipException(ENTRY + " is damaged");
            }
        } finally {
            inflater.end(); // its memory is not the heap's
        }
    }
}
