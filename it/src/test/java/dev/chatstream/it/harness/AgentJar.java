package dev.chatstream.it.harness;

import dev.chatstream.ChatStreams;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jar as it is shipped, and what applications are made of. */
public final class AgentJar {

    private AgentJar() {}

    /** {@code -Dagent.jar=…} tests another one. */
    public static Path path() {
        String other = System.getProperty("agent.jar", "");
        Path jar = other.isEmpty() ? root().resolve("agent/dist/target/chatstream-agent.jar") : Path.of(other);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there: build it first, ./mvnw package -DskipTests");
        }
        return jar;
    }

    /** Itself and the API, nothing else. */
    public static String applicationClassPath() {
        return placeOf(AgentJar.class) + File.pathSeparator + placeOf(ChatStreams.class);
    }

    public static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("agent")) ? here : here.getParent();
    }
}
