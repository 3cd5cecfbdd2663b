package dev.chatstream.it.places;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Unpacks what places are shipped as. */
final class Zips {

    private Zips() {}

    static void unpack(Path zip, Path folder) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file.getInputStream(entry), target);
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    static Path pack(Path folder, Path zip) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return zip;
    }

    /** A copy in which the files of a folder whose names begin so are this one. */
    static Path replaced(Path zip, String beginning, Path by, Path folder) throws IOException {
        Path unpacked = without(zip, beginning, folder);
        Files.copy(by, unpacked.resolve(beginning).resolveSibling(by.getFileName()));
        return pack(unpacked, folder.resolve(zip.getFileName().toString()));
    }

    /** Unpacked, but for the files of a folder whose names begin so. */
    static Path without(Path zip, String beginning, Path folder) throws IOException {
        Path unpacked = folder.resolve("unpacked");
        unpack(zip, unpacked);
        try (Stream<Path> files = Files.list(unpacked.resolve(beginning).getParent())) {
            for (Path file : files.toList()) {
                if (unpacked.relativize(file).toString().startsWith(beginning)) {
                    Files.delete(file);
                }
            }
        }
        return unpacked;
    }
}
