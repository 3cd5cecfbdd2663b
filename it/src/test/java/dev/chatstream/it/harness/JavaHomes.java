package dev.chatstream.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JVMs that applications run on. */
public final class JavaHomes {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

    private JavaHomes() {}

    /**
     * Where nothing else is asked for: the JDK of the tests; {@code -Dit.java.home=…} (or the environment variable
     * {@code IT_JAVA_HOME}) takes another one.
     */
    public static Path ofPods() {
        String property = System.getProperty("it.java.home", "");
        String text = property.isEmpty() ? Objects.requireNonNullElse(System.getenv("IT_JAVA_HOME"), "") : property;
        return Path.of(text.isEmpty() ? System.getProperty("java.home") : text);
    }

    /** What Maven runs on, which may be too old for the agent; {@code -Dother.java.home=…} names another one. */
    public static Path other() {
        return Path.of(System.getProperty("other.java.home", System.getProperty("java.home")));
    }

    /** 8, 17, 21; 0 where it does not say. */
    public static int versionOf(Path home) {
        Path release = home.resolve("release");
        try {
            Matcher matcher = VERSION.matcher(Files.exists(release) ? Files.readString(release) : "");
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
