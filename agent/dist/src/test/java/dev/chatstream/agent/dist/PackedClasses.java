package dev.chatstream.agent.dist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipFile;

/** What is in the pack of class files, and ways to hurt it. */
final class PackedClasses {

    static final String ENTRY = "inst/classes";

    private static final int PLACE = 2 * Integer.BYTES;
    private static final int SIZES = 2 * Integer.BYTES;

    private PackedClasses() {}

    /** The names of all class files, with slashes and without an end, in the order in which they lie there. */
    static List<String> namesIn(ZipFile jar) throws IOException {
        return List.copyOf(
                places(jar.getInputStream(jar.getEntry(ENTRY)).readAllBytes()).keySet());
    }

    /** The class file of this name. */
    static byte[] read(String name, byte[] pack) throws DataFormatException {
        Place place = places(pack).get(name);
        byte[] file = new byte[ByteBuffer.wrap(pack).getInt(place.start)];
        if (file.length == place.length) {
            System.arraycopy(pack, place.start + SIZES, file, 0, file.length);
        } else {
            Inflater inflater = new Inflater();
            inflater.setInput(pack, place.start + SIZES, place.length);
            inflater.inflate(file);
            inflater.end();
        }
        return file;
    }

    /** The pack with a class file of another name in the place of this one. */
    static byte[] without(String name, byte[] pack) {
        byte[] hurt = pack.clone();
        hurt[places(pack).get(name).start - 1] = '-';
        return hurt;
    }

    /** The pack with nothing but zeros for this class. */
    static byte[] withZerosFor(String name, byte[] pack) {
        Place place = places(pack).get(name);
        byte[] hurt = pack.clone();
        Arrays.fill(hurt, place.start + SIZES, place.start + SIZES + place.length, (byte) 0);
        return hurt;
    }

    /** The pack as far as the middle of this class. */
    static byte[] cutOffIn(String name, byte[] pack) {
        Place place = places(pack).get(name);
        return Arrays.copyOf(pack, place.start + SIZES + place.length / 2);
    }

    /** Where a name ends, and how long the bytes are that follow it and its sizes. */
    private record Place(int start, int length) {}

    private static Map<String, Place> places(byte[] pack) {
        ByteBuffer bytes = ByteBuffer.wrap(pack);
        int count = bytes.getInt();
        bytes.position(bytes.position() + count * PLACE);
        Map<String, Place> places = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[bytes.getShort()];
            bytes.get(name);
            int start = bytes.position();
            int length = bytes.getInt(start + Integer.BYTES);
            places.put(new String(name, StandardCharsets.UTF_8), new Place(start, length));
            bytes.position(start + SIZES + length);
        }
        return places;
    }
}
