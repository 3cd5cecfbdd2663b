package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.ChatStream;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.instrument.forked.Guarding;
import dev.chatstream.agent.instrument.forked.Plain;
import dev.chatstream.agent.instrument.forked.Premain;
import dev.chatstream.agent.shapes.Shapes;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("In a JVM of its own, with the flag,")
class ForkedTest {

    @TempDir
    private Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void makeTheAgentsJar() throws Exception {
        jar = folder.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Premain.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        manifest.getMainAttributes().put(new Attributes.Name("Can-Redefine-Classes"), "true");
        String name = Premain.class.getName();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
            entries.write(Application.compiled(name));
            entries.closeEntry();
        }
    }

    @Test
    void nothingOfByteBuddyIsLoadedWhereNothingIsGuarded() throws Exception {
        assertThat(run(Plain.class, List.of(), jar))
                .containsExactly("installed, of Byte Buddy: 0", "it ran", "at the end, of Byte Buddy: nothing");
    }

    @Test
    void theApplicationIsWovenFromItsOwnLoader() throws Exception {
        List<String> lines = run(Guarding.class, List.of(), jar);
        assertThat(lines)
                .startsWith("installed, of Byte Buddy: 0")
                .contains(
                        "active: true",
                        "DEBUG " + Guarding.class.getName() + "#ask(String) is guarded.",
                        "ERROR An error of ChatStream's own; " + Guarding.class.getName()
                                + "#ask(Ljava/lang/String;)Ljava/lang/String; runs unguarded. Said once."
                                + " java.lang.IllegalStateException: no engine here",
                        "asked c",
                        "at the end, of Byte Buddy: something");
    }

    @Test
    void twiceTheSecondStaysAway() throws Exception {
        List<String> lines = run(Guarding.class, List.of(), jar, jar);
        assertThat(lines)
                .contains(
                        "WARN Another ChatStream agent is at work in this JVM (is the flag there twice?):"
                                + " this one does nothing.",
                        "active: true",
                        "asked c");
        assertThat(lines).filteredOn(line -> line.contains("is guarded")).hasSize(1);
    }

    @Test
    void alsoWithAnotherCollectorAndWithoutTheSharedArchive() throws Exception {
        assertThat(run(Guarding.class, List.of("-XX:+UseSerialGC", "-Xshare:off", "-Xverify:all"), jar))
                .contains("active: true", "asked c");
    }

    private static List<String> run(Class<?> main, List<String> flags, Path... agents) throws Exception {
        String own = path(Weaving.class, Shapes.class, StreamGuard.class, ByteBuddy.class, ForkedTest.class);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        for (Path agent : agents) {
            command.add("-javaagent:" + agent + "=" + own);
        }
        command.addAll(List.of("-cp", path(ForkedTest.class, ChatStream.class), main.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().filter(line -> !line.startsWith("OpenJDK")).toList();
    }

    private static String path(Class<?>... types) {
        return Stream.of(types)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
