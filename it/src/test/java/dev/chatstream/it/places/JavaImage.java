package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.JavaHomes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A container's file system with Java and nothing else, made of what this machine has: the images that others begin with cannot
 * be had on every machine that builds this.
 */
final class JavaImage {

    static final String JAVA = "opt/java";

    /** As {@code ldd} names them: libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…), or the loader's path alone. */
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");

    private static final long LONGEST_LOOK_SECONDS = 30;

    private JavaImage() {}

    /** Into a folder that is not there yet. */
    static void make(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("tmp"));
        Files.writeString(root.resolve("tmp/.keep"), "");
        Path java = root.resolve(JAVA);
        Files.createDirectories(java.getParent());
        link(JavaHomes.ofPods().resolve("jmods").toString(), java, "java.se", "jdk.unsupported", "jdk.net");
        for (Path library : libraries(java)) {
            Path copy = root.resolve(library.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(library, copy);
        }
    }

    /** A Java of these modules, by the JDK of the tests. */
    static void link(String modulePath, Path output, String... modules) {
        int code = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        modulePath,
                        "--add-modules",
                        String.join(",", modules),
                        "--output",
                        output.toString());
        assertThat(code).as("jlink").isZero();
    }

    private static Set<Path> libraries(Path java) throws IOException, InterruptedException {
        Set<Path> found = new LinkedHashSet<>();
        try (Stream<Path> files = Files.walk(java)) {
            for (Path file : files.filter(JavaImage::isLoaded).toList()) {
                Matcher names = LIBRARY.matcher(ldd(file));
                while (names.find()) {
                    Path library = Path.of(names.group(1));
                    if (!library.startsWith(java)) {
                        found.add(library);
                    }
                }
            }
        }
        return found;
    }

    /** By a server: nothing for screens and printers. */
    private static boolean isLoaded(Path file) {
        String name = file.getFileName().toString();
        return file.endsWith("bin/java")
                || name.matches("lib(jvm|java|jli|net|nio|zip|instrument|management.*|verify)[.]so");
    }

    private static String ldd(Path file) throws IOException, InterruptedException {
        Process ldd = new ProcessBuilder(List.of("ldd", file.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ldd.waitFor(LONGEST_LOOK_SECONDS, TimeUnit.SECONDS)).as(said).isTrue();
        return said;
    }
}
