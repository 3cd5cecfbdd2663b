package dev.chatstream.agent.instrument;

import dev.chatstream.ChatStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles small applications and packs them, as build tools do. */
final class Packed {

    private final Path directory;

    Packed(Path directory) {
        this.directory = directory;
    }

    /** Where the class files of a source are, which begins with its package {@code p} and its imports. */
    Path compiled(String type, String source, String... flags) throws IOException, URISyntaxException {
        Path classes = Files.createTempDirectory(directory, "classes");
        Path file = Files.writeString(
                Files.createTempDirectory(directory, "source").resolve(type + ".java"),
                "package p; import dev.chatstream.*;\n" + source);
        String api = Path.of(ChatStream.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        List<String> arguments = new ArrayList<>(List.of(flags));
        String more = arguments.isEmpty() || !arguments.get(0).startsWith("/") ? "" : ":" + arguments.remove(0);
        arguments.addAll(
                List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", api + more, file.toString()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (compiler.run(null, said, said, arguments.toArray(new String[0])) != 0) {
            throw new IllegalArgumentException(said.toString(StandardCharsets.UTF_8));
        }
        return classes;
    }

    /** The files of a directory, below a folder of an archive. */
    static Map<String, byte[]> files(Path classes, String folder) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> found = Files.walk(classes)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                files.put(folder + classes.relativize(file), Files.readAllBytes(file));
            }
        }
        return files;
    }

    static byte[] archive(Map<String, byte[]> files, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, files, method);
        return bytes.toByteArray();
    }

    Path archive(String name, Map<String, byte[]> files, int method) throws IOException {
        return Files.write(directory.resolve(name), archive(files, method));
    }

    private static void write(OutputStream to, Map<String, byte[]> files, int method) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(to)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(method);
                entry.setSize(file.getValue().length);
                CRC32 sum = new CRC32();
                sum.update(file.getValue());
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                new ByteArrayInputStream(file.getValue()).transferTo(zip);
                zip.closeEntry();
            }
        }
    }
}
