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

/** The API as an earlier and as a later version may be: its own sources, less or more by some lines. */
final class OtherApis {

    private static final String STOP = "    OnStop onStop() default OnStop.DEFAULT;";

    /** What stands in a file of the sources, and what is to stand there instead. */
    private record Change(String file, String before, String after) {}

    private OtherApis() {}

    /** Knows neither {@code onStop} nor that a stream may be held for too long. */
    static Path earlier(Path folder) throws IOException {
        return jar(folder, new Change("ChatStream", STOP, ""), new Change("AbortReason", "    MAX_HOLD,", ""));
    }

    /** Has an element of the annotation, a policy and a question that the agent does not know. */
    static Path later(Path folder) throws IOException {
        String question = " public static String brandNew() {"
                + " Object answer = Bridge.call(\"brandNew\", null, null); return answer == null ? \"none\" : \"some\"; }";
        return jar(
                folder,
                new Change("ChatStream", STOP, STOP + " OnStop onSomethingNew() default OnStop.COMPLETE;"),
                new Change("OnBusy", "    REJECT,", "    REJECT, QUEUE,"),
                new Change("ChatStreams", "    private ChatStreams() {}", "    private ChatStreams() {}" + question));
    }

    private static Path jar(Path folder, Change... changes) throws IOException {
        Path sources = copyOfTheSources(folder);
        for (Change change : changes) {
            Path file = sources.resolve(change.file() + ".java");
            String text = Files.readString(file);
            if (!text.contains(change.before())) {
                throw new AssertionError("not in the API's sources: " + change);
            }
            Files.writeString(file, text.replace(change.before(), change.after()));
        }
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
