package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the shipped jar may hold: all that is not in this list is seen by the application's loaders and tools. */
class JarContentIT {

    private static JarFile jar;
    private static List<String> names;
    private static List<String> classes;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(Jvm.agent().toFile());
        names = jar.stream().map(ZipEntry::getName).toList();
        classes = PackedClasses.namesIn(jar);
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void outsideAreTheLauncherTheManifestAndTheLicensesOnly() {
        assertThat(names.stream().filter(name -> !name.startsWith("inst/") && !name.startsWith("META-INF/licenses/")))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "dev/chatstream/agent/ClassPack.class",
                        "dev/chatstream/agent/IsolatedClassLoader.class",
                        "dev/chatstream/agent/Premain.class");
    }

    @Test
    void insideAreTheClassFilesInOnePackAndFewOtherFiles() {
        assertThat(names.stream()
                        .filter(name -> name.startsWith("inst/"))
                        .filter(name -> !name.matches("inst/dev/chatstream/agent/redis/\\w+\\.lua")))
                .containsExactlyInAnyOrder(
                        "inst/META-INF/services/dev.chatstream.agent.shaded.org.slf4j.spi.SLF4JServiceProvider",
                        "inst/classes",
                        "inst/simplelogger.properties");
    }

    @Test
    void theJvmHasFewEntriesToReadAtItsStart() {
        assertThat(names).hasSizeLessThan(30);
    }

    @Test
    void allClassesHaveTheAgentsOwnNames() {
        assertThat(classes.stream().filter(name -> !name.startsWith("dev/chatstream/agent/")))
                .containsExactly("java/lang/ChatStreamDispatcher");
    }

    @Test
    void thePackIsStoredSoThatOneCanBeginToReadAnywhere() {
        assertThat(jar.getEntry(PackedClasses.ENTRY).getMethod()).isEqualTo(ZipEntry.STORED);
    }

    @Test
    void whatIsBundledIsThisAndNothingElse() {
        String shaded = "dev/chatstream/agent/shaded/";
        Map<String, Long> bundled = classes.stream()
                .filter(name -> name.startsWith(shaded))
                .map(name -> name.substring(shaded.length()))
                .collect(Collectors.groupingBy(name -> library(name), Collectors.counting()));

        assertThat(bundled.keySet())
                .containsExactlyInAnyOrder(
                        "io/lettuce", "io/netty", "net/bytebuddy", "org/reactivestreams", "org/slf4j", "reactor");
    }

    private static String library(String name) {
        String[] parts = name.split("/", 3);
        return parts[0].equals("reactor") ? parts[0] : parts[0] + "/" + parts[1];
    }

    @Test
    void noClassFileIsVisibleButTheLaunchers() {
        assertThat(names.stream().filter(name -> name.endsWith(".class"))).hasSize(3);
        assertThat(classes).noneMatch(name -> name.endsWith("module-info"));
        assertThat(names).noneMatch(name -> name.contains("META-INF/versions/"));
    }

    @Test
    void noNativeLibraryIsInIt() {
        assertThat(names).noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)(\\..*)?"));
    }

    @Test
    void classesHaveLineNumbersAndNoNamesOfLocalVariables() throws Exception {
        byte[] pack = read(PackedClasses.ENTRY);
        for (String name :
                List.of("core/StreamGuard", "shaded/io/netty/util/Recycler", "shaded/io/lettuce/core/RedisURI")) {
            byte[] file = PackedClasses.read("dev/chatstream/agent/" + name, pack);

            assertThat(new String(file, StandardCharsets.ISO_8859_1))
                    .as(name)
                    .contains("LineNumberTable")
                    .doesNotContain("LocalVariableT");
        }
    }

    @Test
    void theLauncherIsForJava8() throws IOException {
        for (String name : List.of("ClassPack", "IsolatedClassLoader", "Premain")) {
            byte[] file = read("dev/chatstream/agent/" + name + ".class");
            assertThat(file[7]).as("class file version of %s", name).isEqualTo((byte) 52);
        }
    }

    @Test
    void theManifestNamesTheLauncherAndTheVersion() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();

        assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.chatstream.agent.Premain");
        assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.chatstream.agent.Premain");
        assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
        assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("true");
        assertThat(manifest.getValue("Implementation-Version")).isEqualTo(System.getProperty("agent.version"));
        assertThat(manifest.keySet().stream().map(Object::toString))
                .as("no agent in a running JVM, no boot class path, nothing of the machine it was built on")
                .doesNotContain("Agent-Class", "Launcher-Agent-Class", "Boot-Class-Path", "Multi-Release", "Built-By")
                .noneMatch(key -> key.contains("Jdk"));
    }

    @Test
    void theLicensesOfWhatIsBundledAreInIt() throws IOException {
        assertThat(names)
                .anyMatch(name -> name.matches("META-INF/licenses/byte-buddy-.*/NOTICE"))
                .anyMatch(name -> name.matches("META-INF/licenses/lettuce-core-.*/LICENSE"))
                .anyMatch(name -> name.matches("META-INF/licenses/slf4j-simple-.*/LICENSE.txt"))
                .contains("META-INF/LICENSE");
        assertThat(new String(read("META-INF/licenses/THIRD-PARTY.txt")))
                .contains(
                        "Byte Buddy",
                        "ASM",
                        "Lettuce",
                        "Netty",
                        "JCTools",
                        "Reactor Core",
                        "Reactive Streams",
                        "SLF4J");
    }

    @Test
    void nothingTellsWhenItWasBuilt() {
        assertThat(jar.stream().map(entry -> entry.getTimeLocal().toString()).distinct())
                .hasSize(1);
    }

    private static byte[] read(String name) throws IOException {
        return jar.getInputStream(jar.getEntry(name)).readAllBytes();
    }
}
