package dev.chatstream.it.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The class paths of the applications in {@code it/apps}. */
public final class Libraries {

    private Libraries() {}

    /** Its own classes, what all of them have in common, and its libraries. */
    public static List<Path> of(String application) {
        List<Path> path = new ArrayList<>();
        path.add(classes(application));
        path.add(classes("base"));
        Path libraries = AgentJar.root().resolve("it/apps/" + application + "/target/libraries");
        if (Files.exists(libraries)) {
            path.addAll(in(libraries));
        }
        return path;
    }

    /** As a class path. */
    public static String joined(List<Path> libraries) {
        return String.join(
                File.pathSeparator, libraries.stream().map(Path::toString).toList());
    }

    public static Path classes(String application) {
        return AgentJar.root().resolve("it/apps/" + application + "/target/classes");
    }

    public static boolean isReactor(Path jar) {
        return jar.getFileName().toString().startsWith("reactor-core-");
    }

    /** All jars of a folder. */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(folder + " is made by ./mvnw verify, before the tests", unreadable);
        }
    }
}
