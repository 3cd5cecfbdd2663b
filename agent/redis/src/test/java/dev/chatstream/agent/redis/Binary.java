package dev.chatstream.agent.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Real servers, as binaries out of test artifacts. The older one needs libraries of the machine's and may be missing. */
enum Binary {
    REDIS_7_0("redis-server-7.0.15-%s-%s"),
    REDIS_6_2("redis-server-6.2.6-v5-%s-%s|redis-server-6.2.7-%s-%s");

    private static final Map<Binary, Optional<Path>> FILES = new ConcurrentHashMap<>();

    /** The names that it may have, for the system and the processor. */
    private final String names;

    Binary(String names) {
        this.names = names;
    }

    /** Where it lies, if it runs here. */
    Optional<Path> file() {
        return FILES.computeIfAbsent(
                this,
                binary -> Pattern.compile("\\|")
                        .splitAsStream(names)
                        .flatMap(name -> extract(name).stream())
                        .filter(Binary::runs)
                        .findFirst());
    }

    private static Optional<Path> extract(String pattern) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String name = String.format(pattern, os, arch);
        try (InputStream in = Binary.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                return Optional.empty();
            }
            Path target = Files.createTempDirectory("redis").resolve("redis-server");
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            target.toFile().setExecutable(true);
            target.toFile().deleteOnExit();
            target.getParent().toFile().deleteOnExit();
            return Optional.of(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean runs(Path file) {
        try {
            return new ProcessBuilder(file.toString(), "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
