import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Writes the class files of some folders into one file, whose form dev.chatstream.agent.ClassPack tells. The build runs it
 * from its source. Nothing of the machine is in the file, so that two builds give the same bytes.
 *
 * <p>The names of local variables, which only debuggers want, are left out: the JVM would read them and keep them, a tenth of what
 * the agent takes of its metaspace. Line numbers stay.
 *
 * <p>Usage: {@code java -cp byte-buddy.jar PackClasses.java pack folder...}
 */
public final class PackClasses {

    /** The agent's own are not packed: a start waits for a hundred of them. */
    private static final String SHADED = "dev/chatstream/agent/shaded/";

    /** That of the index; by name where two hashes are the same. */
    private static final Comparator<String> IN_ORDER =
            Comparator.comparingInt(String::hashCode).thenComparing(Comparator.naturalOrder());

    private record Entry(String name, int size, byte[] packed) {}

    private record Place(int hash, int offset) {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Entry> entries = new TreeMap<>(IN_ORDER);
        for (String folder : List.of(arguments).subList(1, arguments.length)) {
            collect(Path.of(folder), entries);
        }
        Path pack = Path.of(arguments[0]);
        Files.createDirectories(pack.getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(pack))) {
            write(entries, out);
        }
    }

    private static void collect(Path folder, Map<String, Entry> entries) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> {
                String path = folder.relativize(file).toString().replace('\\', '/');
                String name = path.substring(0, path.length() - ".class".length());
                if (entries.put(name, entry(name, file)) != null) {
                    throw new IllegalStateException(name + " is there twice");
                }
            });
        }
    }

    private static Entry entry(String name, Path file) {
        try {
            byte[] bytes = withoutLocalVariables(Files.readAllBytes(file));
            return new Entry(name, bytes.length, name.startsWith(SHADED) ? packed(bytes) : bytes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] withoutLocalVariables(byte[] file) {
        ClassWriter writer = new ClassWriter(0);
        ClassVisitor methods = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, type, generic, thrown)) {
                    @Override
                    public void visitLocalVariable(
                            String name, String type, String generic, Label start, Label end, int index) {}
                };
            }
        };
        new ClassReader(file).accept(methods, 0);
        return writer.toByteArray();
    }

    private static byte[] packed(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length];
        int length = deflater.deflate(packed);
        boolean isSmaller = deflater.finished() && length < bytes.length;
        deflater.end();
        return isSmaller ? Arrays.copyOf(packed, length) : bytes;
    }

    private static void write(Map<String, Entry> entries, DataOutputStream out) throws IOException {
        int start = Integer.BYTES + entries.size() * 2 * Integer.BYTES;
        List<Place> places = new ArrayList<>();
        ByteArrayOutputStream files = new ByteArrayOutputStream();
        DataOutputStream each = new DataOutputStream(files);
        for (Entry entry : entries.values()) {
            places.add(new Place(entry.name.hashCode(), start + each.size()));
            each.writeUTF(entry.name);
            each.writeInt(entry.size);
            each.writeInt(entry.packed.length);
            each.write(entry.packed);
        }
        out.writeInt(places.size());
        for (Place place : places) {
            out.writeInt(place.hash);
            out.writeInt(place.offset);
        }
        files.writeTo(out);
    }
}
