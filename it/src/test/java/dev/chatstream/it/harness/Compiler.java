package dev.chatstream.it.harness;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles small applications that need other flags than the tests themselves. */
public final class Compiler {

    private static final String OLDEST_OF_PODS = "21";

    private Compiler() {}

    /** Where the class files are. */
    public static Path compile(Path directory, Map<String, String> sources, String... flags) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Path classes = Files.createTempDirectory(directory, "classes");
            List<Path> paths = new ArrayList<>();
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path path = classes.resolve(source.getKey());
                Files.createDirectories(path.getParent());
                paths.add(Files.writeString(path, source.getValue()));
            }
            List<String> options = new ArrayList<>(List.of(flags));
            if (!options.contains("--release")) {
                options.addAll(List.of("--release", OLDEST_OF_PODS));
            }
            options.addAll(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
            if (!options.contains("-cp")) {
                options.addAll(List.of("-cp", AgentJar.applicationClassPath()));
            }
            StringWriter said = new StringWriter();
            boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call();
            if (!done) {
                throw new AssertionError("does not compile: " + said);
            }
            return classes;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
