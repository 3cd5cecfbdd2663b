package dev.chatstream.it.harness;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which Redis the tests of this run use: containers where a Docker engine is found, else processes;
 * {@code -Dit.redis=embedded} or {@code containers} (or the environment variable {@code IT_REDIS}) picks one.
 */
public final class Servers {

    private enum Kind {
        AUTO,
        EMBEDDED,
        CONTAINERS
    }

    private static final Kind WANTED = wanted();

    private Servers() {}

    /** A server of the first kind that this run uses. Options are those of redis-server. */
    public static RedisUnderTest start(String... options) {
        return every().getFirst().start(List.of(options));
    }

    /** Every kind of server that can be had here. */
    public static List<ServerKind> every() {
        return isContainers() ? Images.all() : ServerFiles.all();
    }

    static String description() {
        return isContainers()
                ? "containers through Testcontainers: " + Images.all()
                : "processes: " + ServerFiles.all() + reason();
    }

    private static String reason() {
        return WANTED == Kind.EMBEDDED ? ", as it.redis says" : ", since no Docker engine was found";
    }

    /** Whether an engine is there, and to be used. */
    public static boolean isContainers() {
        return switch (WANTED) {
            case AUTO -> Images.isEngineThere();
            case EMBEDDED -> false;
            case CONTAINERS -> {
                if (!Images.isEngineThere()) {
                    throw new IllegalStateException("it.redis=containers, but no Docker engine was found");
                }
                yield true;
            }
        };
    }

    private static Kind wanted() {
        String property = System.getProperty("it.redis", "");
        String text = property.isEmpty() ? Objects.requireNonNullElse(System.getenv("IT_REDIS"), "") : property;
        return text.isEmpty() ? Kind.AUTO : Kind.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
