package dev.chatstream.agent.instrument;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of classes that are loaded, many at once: an AOT cache brings in thousands of them before premain. Straight
 * from the jars that they came from, which takes a third of the time that their loader takes by URL; from the loader where it
 * is no jar on disk. To inflate them is what takes the time, so of most files the end is left where it is.
 */
final class LoadedFiles implements AutoCloseable {

    /** Constants and supertypes take five eighths of a file on average. */
    private static final int STEPS = 8;

    private static final int FIRST_STEPS = 5;
    private static final int SHORTEST_READ = 1024;

    /** By what all classes of a place share; empty: no jar on disk. */
    private final IdentityHashMap<ProtectionDomain, Optional<JarFile>> jars = new IdentityHashMap<>();

    /** What a class file says of itself; null where it cannot be had. */
    @Nullable
    ClassHead head(ClassLoader loader, Class<?> loaded, @Nullable WantedNames wanted) {
        String name = loaded.getName().replace('.', '/');
        Optional<JarFile> jar = jarOf(loaded.getProtectionDomain());
        ClassHead head = jar.isPresent() ? head(jar.get(), name, wanted) : null;
        if (head != null) {
            return head;
        }
        byte[] file = ClassFiles.read(loader, name);
        return file == null ? null : ClassHead.of(file, wanted);
    }

    private Optional<JarFile> jarOf(ProtectionDomain domain) {
        Optional<JarFile> jar = jars.get(domain);
        if (jar == null) {
            jar = Optional.ofNullable(open(domain.getCodeSource()));
            jars.put(domain, jar);
        }
        return jar;
    }

    private static @Nullable JarFile open(@Nullable CodeSource source) {
        URL location = source == null ? null : source.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return null;
        }
        try {
            File file = new File(location.toURI());
            return file.isFile() ? new JarFile(file, false, ZipFile.OPEN_READ, JarFile.runtimeVersion()) : null;
        } catch (IOException | URISyntaxException | IllegalArgumentException noJar) {
            return null;
        }
    }

    private static @Nullable ClassHead head(JarFile jar, String name, @Nullable WantedNames wanted) {
        JarEntry entry = jar.getJarEntry(name + ".class");
        if (entry == null || entry.getSize() < 0 || entry.getSize() > Integer.MAX_VALUE) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return head(in, (int) entry.getSize(), wanted);
        } catch (IOException damaged) {
            return null;
        }
    }

    private static @Nullable ClassHead head(InputStream in, int size, @Nullable WantedNames wanted) throws IOException {
        byte[] file = new byte[size];
        int step = Math.max(SHORTEST_READ, size / STEPS);
        int read = 0;
        ClassHead head = null;
        for (int wanting = size * FIRST_STEPS / STEPS; head == null && read < size; wanting = read + step) {
            int more = Math.min(Math.max(wanting, SHORTEST_READ), size) - read;
            if (in.readNBytes(file, read, more) < more) {
                return null;
            }
            read += more;
            head = ClassHead.of(file, read, wanted);
        }
        return head;
    }

    @Override
    public void close() {
        for (Optional<JarFile> jar : jars.values()) {
            try {
                if (jar.isPresent()) {
                    jar.get().close();
                }
            } catch (IOException unlikely) {
                // it was only read
            }
        }
    }
}
