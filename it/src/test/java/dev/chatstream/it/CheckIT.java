package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract 2: {@code java -jar chatstream-agent.jar check}, over the shipped jar. */
class CheckIT {

    private static final Map<String, String> RIGHT = Map.of("com/acme/Chat.java", """
            package com.acme;
            import dev.chatstream.*;
            public class Chat {
                @ChatStream(chatId = "#chat") public String ask(String chat) { return chat; }
                public java.util.stream.Stream<String> stream(String chat) { return null; }
            }
            """);

    private static final Map<String, String> WRONG = Map.of("com/acme/Wrong.java", """
            package com.acme;
            import dev.chatstream.*;
            public class Wrong {
                @ChatStream(chatId = "#chta") public String ask(String chat) { return chat; }
            }
            """);

    private static final String GUARDED =
            "guarded      com.acme.Chat#ask(String); held until it returns; chatId #chat; by annotation\n";

    @TempDir
    Path directory;

    private static Output check(PodPlan plan, String... arguments) {
        PodPlan jar = plan.withoutAgent().flags("-jar", AgentJar.path().toString(), "check");
        Output output = Output.of(jar.flags(arguments));
        assertThat(output.errors()).isEmpty();
        return output;
    }

    /** A WAR whose classes are in a jar within it. */
    private Path war(Map<String, String> sources) throws IOException {
        Path classes = Compiler.compile(directory, sources, "-g");
        Path jar = Files.createTempFile(directory, "classes", ".jar");
        pack(jar, classes, "");
        Path content = Files.createTempDirectory(directory, "war");
        Files.copy(jar, Files.createDirectories(content.resolve("WEB-INF/lib")).resolve("chat.jar"));
        Path war = directory.resolve("chat.war");
        pack(war, content, "");
        return war;
    }

    private static void pack(Path archive, Path content, String folder) throws IOException {
        try (OutputStream to = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(to);
                Stream<Path> files = Files.walk(content)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder + content.relativize(file)));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    @Test
    void aSpringBootJarAsItIsBuiltShowsTheMethodThatIsAnnotated() {
        Path demo = AgentJar.root().resolve("demo-app/target/chatstream-demo.jar");
        assumeTrue(Files.exists(demo), "built by the whole build, before these tests");

        Output output = check(PodPlan.bare(), demo.toString());

        assertThat(output.text())
                .startsWith("guarded      dev.chatstream.demo.Answers#answer(String, String, Draft); held as"
                        + " reactor.core.publisher.Flux; chatId #chatId; by annotation\n")
                .endsWith(" classes: 1 guarded method, 0 not guarded, 0 other mistakes.\n");
        assertThat(output.code()).isZero();
    }

    @Test
    void aWarIsReadThroughToItsJars() throws IOException {
        Output output = check(PodPlan.bare(), war(RIGHT).toString());

        assertThat(output.text()).isEqualTo(GUARDED + "1 class: 1 guarded method, 0 not guarded, 0 other mistakes.\n");
        assertThat(output.code()).isZero();
    }

    @Test
    void rulesStandWhereTheyStandForAServiceOrOnTheCommandLine() throws IOException {
        String classes = Compiler.compile(directory, RIGHT, "-g").toString();
        String rule = "com.acme.Chat#stream(#p0)";
        Path file = Files.writeString(directory.resolve("chat.rules"), rule + "\n");
        for (Output output : List.of(
                check(PodPlan.bare().environment("CHATSTREAM_METHODS", rule), classes),
                check(PodPlan.bare().flags("-Dchatstream.methods-file=" + file), classes),
                check(PodPlan.bare(), "--methods-file=" + file, classes),
                check(PodPlan.bare(), "--methods=" + rule, classes))) {
            assertThat(output.text())
                    .contains(
                            GUARDED,
                            "guarded      com.acme.Chat#stream(String); held as java.util.stream.BaseStream;"
                                    + " chatId #p0; by rule " + rule + " (");
            assertThat(output.code()).isZero();
        }
    }

    @Test
    void mistakesAreExitCodeOneAlsoInJson() throws IOException {
        Output output = check(
                PodPlan.bare(),
                "--json",
                "--methods=com.acme.Wrogn#ask(#p0)",
                war(WRONG).toString());

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.text())
                .contains(
                        "\"ok\": false,",
                        "{\"method\": \"com.acme.Wrong#ask(String)\", \"guarded\": false, \"source\": \"annotation\","
                                + " \"why\": \"chatId = \\\"#chta\\\", character 1: no parameter is called #chta: there"
                                + " are #chat, or by number #p0.\"}",
                        "guards nothing: no class com.acme.Wrogn was given; similar: com.acme.Wrong.\"]");
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        PodPlan jar =
                PodPlan.bare().withoutAgent().flags("-jar", AgentJar.path().toString());
        Output output = Output.of(jar.flags("check", "--jsno", "app.jar"));

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.text()).isEmpty();
        assertThat(output.stderr()).startsWith("Unknown argument: --jsno").contains("Usage:");
    }
}
