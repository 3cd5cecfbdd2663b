package dev.chatstream.it.harness;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which Redis the tests of this run use: containers where a Docker engine is found, else the embedded binary;
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

    /** A server of the kind that this run uses. Options are those of redis-server. */
    public static RedisUnderTest start(String... options) {
        return isContainers() ? Images.first().start(List.of(options)) : new EmbeddedRedis(List.of(options));
    }

    /** Every kind of server that can be had here. */
    public static List<ServerKind> every() {
        if (isContainers()) {
            return List.copyOf(Images.all());
        }
        return List.of(new ServerKind("embedded", EmbeddedRedis::new));
    }

    static String description() {
        return isContainers()
                ? "containers through Testcontainers: " + Images.all()
                : "the embedded redis-server " + EmbeddedRedis.VERSION + reason();
    }

    private static String reason() {
        return WANTED == Kind.EMBEDDED ? ", as it.redis says" : ", since no Docker engine was found";
    }

    private static boolean isContainers() {
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
