package dev.chatstream.agent.instrument;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.zip.ZipEntry.DEFLATED;
import static java.util.zip.ZipEntry.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.instrument.Weaving.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A check finds the class files")
class GivenArchivesTest {

    @TempDir
    Path directory;

    private Packed packed = new Packed(Path.of("."));
    private Path classes = Path.of(".");

    @BeforeEach
    void anApplication() throws Exception {
        packed = new Packed(directory);
        classes = packed.compiled(
                "Chat", "public class Chat { @ChatStream(chatId = \"#p0\") public void ask(String chat) {} }");
    }

    private static List<String> found(Path... paths) throws Exception {
        Weaving.Checked checked = Weaving.check(List.of(paths), Weaving.Rules.none());
        assertThat(checked.mistakes()).isEmpty();
        return checked.findings().stream().map(Finding::method).toList();
    }

    private static Map<String, byte[]> map(String name, byte[] content) {
        Map<String, byte[]> map = new LinkedHashMap<>();
        map.put(name, content);
        return map;
    }

    @Test
    void ofADirectoryAPlainJarABootJarAWarAndWhatLiesInThem() throws Exception {
        byte[] jar = Packed.archive(Packed.files(classes, ""), DEFLATED);
        assertThat(found(classes)).containsExactly("p.Chat#ask(String)");
        for (Map<String, byte[]> files : List.of(
                Packed.files(classes, ""),
                Packed.files(classes, "BOOT-INF/classes/"),
                Packed.files(classes, "WEB-INF/classes/"),
                map("BOOT-INF/lib/chat.jar", jar),
                map("WEB-INF/lib/chat.jar", jar),
                map("chat.war", Packed.archive(map("WEB-INF/lib/chat.jar", jar), DEFLATED)))) {
            assertThat(found(packed.archive("stored.jar", files, STORED))).containsExactly("p.Chat#ask(String)");
            assertThat(found(packed.archive("deflated.jar", files, DEFLATED))).containsExactly("p.Chat#ask(String)");
        }
        Files.write(Files.createDirectory(directory.resolve("lib")).resolve("chat.jar"), jar);
        assertThat(found(directory.resolve("lib"))).containsExactly("p.Chat#ask(String)");
    }

    @Test
    void behindTheScriptOfAnExecutableJar() throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes("#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(UTF_8));
        whole.writeBytes(Packed.archive(Packed.files(classes, ""), DEFLATED));
        assertThat(found(Files.write(directory.resolve("run.jar"), whole.toByteArray())))
                .containsExactly("p.Chat#ask(String)");
    }

    @Test
    void thatLieBesideAQuarkusRunJar() throws Exception {
        Files.createDirectory(directory.resolve("app"));
        packed.archive("app/chat.jar", Packed.files(classes, ""), DEFLATED);
        String manifest = "Manifest-Version: 1.0\r\nMain-Class: io.quarkus.bootstrap.runner.QuarkusEntryPoint\r\n\r\n";
        assertThat(found(packed.archive(
                        "quarkus-run.jar", map("META-INF/MANIFEST.MF", manifest.getBytes(UTF_8)), DEFLATED)))
                .containsExactly("p.Chat#ask(String)");
    }

    @Test
    void thatAManifestsClassPathNames() throws Exception {
        packed.archive("chat library.jar", Packed.files(classes, ""), DEFLATED);
        String manifest = "Manifest-Version: 1.0\r\nClass-Path: gone.jar chat%20library.jar\r\n\r\n";
        assertThat(found(packed.archive("app.jar", map("META-INF/MANIFEST.MF", manifest.getBytes(UTF_8)), DEFLATED)))
                .containsExactly("p.Chat#ask(String)");
    }

    @Test
    void thatThisJvmWouldTakeOfAMultiReleaseJar() throws Exception {
        Path later = packed.compiled(
                "Chat", "public class Chat { @ChatStream(chatId = \"#p0\") public void later(String chat) {} }");
        Map<String, byte[]> files =
                map("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes(UTF_8));
        files.putAll(Packed.files(classes, ""));
        files.putAll(Packed.files(classes, "META-INF/versions/9/"));
        files.putAll(Packed.files(classes, "META-INF/versions/9999/"));
        files.putAll(Packed.files(later, "META-INF/versions/17/"));
        assertThat(found(packed.archive("multi.jar", files, DEFLATED))).containsExactly("p.Chat#later(String)");
        files.remove("META-INF/MANIFEST.MF");
        assertThat(found(packed.archive("single.jar", files, DEFLATED))).containsExactly("p.Chat#ask(String)");
    }

    @Test
    void andSaysWhatCannotBeRead() throws Exception {
        Path text = Files.writeString(directory.resolve("text.jar"), "no archive at all, but long enough for one");
        byte[] whole = Packed.archive(Packed.files(classes, ""), DEFLATED);
        Path outer = packed.archive("outer.jar", map("lib/cut.jar", whole), STORED);
        byte[] bytes = Files.readAllBytes(outer);
        int inner = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\005\006");
        bytes[inner] = 0;
        Files.write(outer, bytes);
        Path template = packed.archive("template.jar", map("p/Template.class", new byte[20]), STORED);

        Weaving.Checked checked = Weaving.check(List.of(text, outer, template), Weaving.Rules.none());
        assertThat(checked.remarks())
                .containsExactly("p.Template: its class file is none that can be read; it is left alone.");
        assertThat(checked.mistakes())
                .containsExactly(
                        text + " cannot be read: it is no zip archive",
                        outer + "!/lib/cut.jar cannot be read: it is no zip archive");
    }
}
