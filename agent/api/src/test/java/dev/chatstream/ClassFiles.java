package dev.chatstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this module's compiler made, found on disk so that a new class cannot be forgotten. */
final class ClassFiles {
    private ClassFiles() {}

    static Path folder() {
        try {
            return Path.of(ChatStreams.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Path> all() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Class<?>> ofTheApi() {
        return all().stream()
                .map(file -> file.getFileName().toString().replace(".class", ""))
                .filter(name -> !name.endsWith("-info"))
                .<Class<?>>map(name -> load(ChatStreams.class.getPackageName() + "." + name))
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
