package dev.chatstream.agent.instrument;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles what a test has for sources of libraries. */
final class Sources {

    private Sources() {}

    /**
     * Class files by their names.
     *
     * @param sources what stands behind the package's declaration, by the class's name
     */
    static Map<String, byte[]> compiled(Map<String, String> sources, Path directory, UnaryOperator<String> change) {
        try {
            Path files = Files.createTempDirectory(directory, "source");
            Path classes = Files.createTempDirectory(directory, "classes");
            List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-g", "-d", classes.toString()));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                int dot = source.getKey().lastIndexOf('.');
                Path file = Files.createTempDirectory(files, "of")
                        .resolve(source.getKey().substring(dot + 1) + ".java");
                String text = "package " + source.getKey().substring(0, dot) + ";\n" + source.getValue();
                Files.writeString(file, change.apply(text));
                arguments.add(file.toString());
            }
            compile(arguments);
            return files(classes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void compile(List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(new String[0])) != 0) {
            throw new IllegalArgumentException(said.toString(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, byte[]> files(Path classes) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> found = Files.walk(classes)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String path = classes.relativize(file).toString();
                files.put(path.replace(".class", "").replace('/', '.'), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
