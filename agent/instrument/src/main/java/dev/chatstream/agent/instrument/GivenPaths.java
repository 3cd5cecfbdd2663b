package dev.chatstream.agent.instrument;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.Inflater;

/**
 * The class files of what is given, in the order of a class path: directories and archives, what they hold in
 * {@code BOOT-INF} and {@code WEB-INF}, archives within archives, and what a manifest's {@code Class-Path} names, or Quarkus
 * takes. Nothing is decompressed but manifests and archives that are compressed within others.
 */
final class GivenPaths {

    private static final int DEEPEST = 4;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String VERSIONS = "META-INF/versions/";
    private static final String[] ROOTS = {"BOOT-INF/classes/", "WEB-INF/classes/"};

    /** Of a Quarkus application's {@code quarkus-run.jar}, which takes what lies beside it and names little of that. */
    private static final String QUARKUS = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private final Map<String, GivenFile> byType = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final Inflater inflater = new Inflater(true);

    private GivenPaths() {}

    static GivenPaths of(List<Path> paths) {
        GivenPaths given = new GivenPaths();
        for (Path path : paths) {
            given.add(path);
        }
        given.inflater.end();
        return given;
    }

    /** By internal name; of two files of a class the first counts. */
    Map<String, GivenFile> byType() {
        return byType;
    }

    /** What could not be read. */
    List<String> problems() {
        return problems;
    }

    private void add(Path path) {
        try {
            if (!seen.add(path.toRealPath())) {
                return;
            }
            if (Files.isDirectory(path)) {
                directory(path);
            } else {
                archive(path);
            }
        } catch (IOException unreadable) {
            problems.add(path + " cannot be read: " + reason(unreadable));
        }
    }

    private static String reason(IOException unreadable) {
        String message = unreadable.getMessage();
        return message == null || unreadable.getClass() != IOException.class ? unreadable.toString() : message;
    }

    private void directory(Path directory) throws IOException {
        List<Path> archives = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".class")) {
                    put(typeOf(name), new GivenFile.Loose(file));
                } else if (isArchive(name)) {
                    archives.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                problems.add(file + " cannot be read: " + unreadable);
                return FileVisitResult.CONTINUE;
            }
        });
        archives.sort(null);
        archives.forEach(this::add);
    }

    private void archive(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("it is no file");
        }
        ByteBuffer bytes;
        try (FileChannel file = FileChannel.open(path)) {
            if (file.size() > Integer.MAX_VALUE) {
                throw new IOException("it is larger than 2 GiB");
            }
            bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
        }
        Attributes main = entries(bytes, path.toString(), 0);
        String classPath = main.getValue(Attributes.Name.CLASS_PATH);
        if (classPath != null) {
            classPath(path, classPath);
        }
        if (QUARKUS.equals(main.getValue(Attributes.Name.MAIN_CLASS))) {
            directory(path.toRealPath().resolveSibling("")); // its folder
        }
    }

    private void classPath(Path archive, String classPath) {
        for (String entry : classPath.trim().split(" +", -1)) {
            try {
                Path named = Path.of(archive.toAbsolutePath().toUri().resolve(entry));
                if (Files.exists(named)) { // the JVM passes over what is not there
                    add(named);
                }
            } catch (IllegalArgumentException | FileSystemNotFoundException noFile) {
                problems.add(archive + ": its Class-Path names " + entry + ", which is no file");
            }
        }
    }

    /** Answers the main attributes of the archive's manifest. */
    private Attributes entries(ByteBuffer archive, String place, int depth) throws IOException {
        List<ZipDirectory.Entry> nested = new ArrayList<>();
        List<ZipDirectory.Entry> plain = new ArrayList<>();
        Map<Integer, List<ZipDirectory.Entry>> versioned = new TreeMap<>();
        Attributes main = new Attributes();
        for (ZipDirectory.Entry entry : ZipDirectory.entries(archive)) {
            if (entry.name().endsWith(".class")) {
                int version = version(entry.name());
                (version == 0 ? plain : versioned.computeIfAbsent(-version, none -> new ArrayList<>())).add(entry);
            } else if (isArchive(entry.name())) {
                nested.add(entry);
            } else if (entry.name().equals(MANIFEST)) {
                main = new Manifest(new ByteArrayInputStream(entry.bytes(inflater))).getMainAttributes();
            }
        }
        if ("true".equalsIgnoreCase(main.getValue(Attributes.Name.MULTI_RELEASE))) {
            versioned.values().forEach(this::putAll); // the latest that this JVM would take first
        }
        putAll(plain);
        for (ZipDirectory.Entry inner : nested) {
            nested(inner, place + "!/" + inner.name(), depth + 1);
        }
        return main;
    }

    private void nested(ZipDirectory.Entry archive, String place, int depth) {
        try {
            if (depth <= DEEPEST) {
                entries(archive.content(inflater), place, depth);
            }
        } catch (IOException unreadable) {
            problems.add(place + " cannot be read: " + reason(unreadable));
        }
    }

    /** For which version of Java the class is, within what this JVM takes; 0: for all; such as is for others: never. */
    private static int version(String name) {
        if (!name.startsWith(VERSIONS)) {
            return 0;
        }
        String number =
                name.substring(VERSIONS.length(), Math.max(VERSIONS.length(), name.indexOf('/', VERSIONS.length())));
        try {
            int version = Integer.parseInt(number);
            return version <= Runtime.version().feature() ? version : Integer.MIN_VALUE + 1;
        } catch (NumberFormatException none) {
            return Integer.MIN_VALUE + 1;
        }
    }

    private void putAll(List<ZipDirectory.Entry> entries) {
        for (ZipDirectory.Entry entry : entries) {
            if (version(entry.name()) >= 0) {
                put(typeOf(entry.name()), new GivenFile.Packed(entry));
            }
        }
    }

    private void put(String type, GivenFile file) {
        if (!type.equals("module-info")) {
            byType.putIfAbsent(type, file);
        }
    }

    private static String typeOf(String name) {
        int from = 0;
        for (String root : ROOTS) {
            if (name.startsWith(root)) {
                from = root.length();
            }
        }
        if (name.startsWith(VERSIONS)) {
            from = name.indexOf('/', VERSIONS.length()) + 1;
        }
        return name.substring(from, name.length() - ".class".length());
    }

    private static boolean isArchive(String name) {
        return name.endsWith(".jar") || name.endsWith(".war") || name.endsWith(".ear");
    }
}
