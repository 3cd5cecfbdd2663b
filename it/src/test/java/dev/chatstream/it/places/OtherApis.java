package dev.chatstream.it.places;

import dev.chatstream.it.harness.AgentJar;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The API as an earlier and as a later version may be: its own sources, less or more by a line. */
final class OtherApis {

    private static final String STOP = "    OnStop onStop() default OnStop.DEFAULT;";

    private OtherApis() {}

    /** Knows nothing of {@code onStop}. */
    static Path earlier(Path folder) throws IOException {
        return jar(folder, "");
    }

    /** Has one element more, with a default. */
    static Path later(Path folder) throws IOException {
        return jar(folder, STOP + " OnStop onSomethingNew() default OnStop.COMPLETE;");
    }

    private static Path jar(Path folder, String instead) throws IOException {
        Path sources = copyOfTheSources(folder);
        Path annotation = sources.resolve("ChatStream.java");
        String text = Files.readString(annotation);
        if (!text.contains(STOP)) {
            throw new AssertionError("not in the API's sources: " + STOP);
        }
        Files.writeString(annotation, text.replace(STOP, instead));
        return Zips.pack(compiled(sources, folder.resolve("classes")), folder.resolve("chatstream-api.jar"));
    }

    private static Path copyOfTheSources(Path folder) throws IOException {
        Path from = AgentJar.root().resolve("agent/api/src/main/java/dev/chatstream");
        Path to = Files.createDirectories(folder.resolve("sources"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }

    private static Path compiled(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> java = Files.list(sources)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-nowarn",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            boolean done = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(java.toList()))
                    .call();
            if (!done) {
                throw new AssertionError("does not compile: " + said);
            }
        }
        return classes;
    }
}
