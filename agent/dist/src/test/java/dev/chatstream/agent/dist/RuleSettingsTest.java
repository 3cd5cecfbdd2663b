package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleSettingsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Source.Kind.class)
    void rulesComeFromEverySourceAndAWrongOneIsToldWithIt(Source.Kind kind) {
        Read.From from = Read.from(kind, "methods", "com.acme.Chat#ask(#p0)|com.acme.Chat#tell(#p0", directory);

        String said = "methods: the rule com.acme.Chat#tell(#p0 (";
        assertThat(from.lines())
                .singleElement()
                .asString()
                .startsWith(said
                        + kind.toString()
                                .toLowerCase()
                                .replace("property", "system property")
                                .replace("argument", "agent argument")
                                .replace("variable", "environment variable"))
                .endsWith(", column 46) is not allowed: ) is missing behind the arguments. This rule is ignored.");
        assertThat(from.settings().rules().isEmpty()).isFalse();
    }

    @Test
    void withoutRulesThereIsNoObjectForThem() {
        assertThat(Read.nothing().settings().rules()).isNull();
    }

    @Test
    void aFileOfRulesIsReadBesideTheOthers() throws IOException {
        Path file = Files.writeString(directory.resolve("chat.rules"), "# ours\n\ncom.acme.Chat#ask(#p0)\nwrong\n");

        Read.From from = Read.nothing().argument("methods=com.acme.Chat#ask(#p1);methods-file=" + file);

        assertThat(from.lines())
                .containsExactly(
                        "methods-file: the rule com.acme.Chat#ask(#p0) (" + file
                                + ":3:1) is not allowed: it names the same as the rule at agent argument, column 1, which"
                                + " counts. This rule is ignored.",
                        "methods-file: the rule wrong (" + file + ":4:6) is not allowed: # and the name of a method are"
                                + " missing behind the class; write it as com.acme.Chat#stream(#p0). This rule is ignored.");
    }

    @Test
    void aFileMayComeFromWindows() throws IOException {
        Path file = directory.resolve("chat.rules");
        Files.writeString(file, "\uFEFF# für uns\r\ncom.acme.Käse#ask('grün' + #p0)\r\n");

        AgentSettings settings = Read.nothing().argument("methods-file=" + file).settings();

        assertThat(settings.rules().isEmpty()).isFalse();
        assertThat(settings.rules().idle(List.of("com.acme.Kase")))
                .singleElement()
                .asString()
                .startsWith("The rule com.acme.Käse#ask('grün' + #p0) (" + file + ":2:1) guards nothing");
    }

    @Test
    void aFileThatCannotBeReadIsOneLine() throws IOException {
        Path missing = directory.resolve("missing");
        assertThat(Read.nothing().argument("methods-file=" + missing).lines())
                .containsExactly("methods-file=" + missing
                        + " (agent argument) cannot be read (java.nio.file.NoSuchFileException: " + missing
                        + "): write a file of rules, one a line. No rule is taken from it.");
        assertThat(Read.nothing().argument("methods-file=" + directory).lines())
                .singleElement()
                .asString()
                .contains("no regular file");
        Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        assertThat(Read.nothing().argument("methods-file=" + large).lines())
                .singleElement()
                .asString()
                .contains("larger than 1 MiB");
        Path wide = Files.writeString(directory.resolve("wide"), "\uFEFFcom.acme.A#b", StandardCharsets.UTF_16LE);
        assertThat(Read.nothing().argument("methods-file=" + wide).lines())
                .singleElement()
                .asString()
                .contains("it is in UTF-16 and has to be in UTF-8");
    }

    @Test
    void bytesThatAreNoTextSpoilTheirLineAlone() throws IOException {
        Path file = Files.write(
                directory.resolve("latin"),
                "com.acme.K\u00e4se#ask\ncom.acme.A#b\n".getBytes(StandardCharsets.ISO_8859_1));

        Read.From from = Read.nothing().argument("methods-file=" + file);

        assertThat(from.lines())
                .singleElement()
                .asString()
                .contains(file + ":1:11) is not allowed: # and the name of a method are missing");
        assertThat(from.settings().rules().isEmpty()).isFalse();
    }

    @Test
    void theRulesOfACommandLineStandBeforeAllOthersAndNothingElseIsJudged() {
        Properties properties = new Properties();
        properties.setProperty("chatstream.methods", "com.acme.Chat#ask(#p0)");
        properties.setProperty("chatstream.lock-ttl", "nonsense");

        SettingsReader.RulesRead read =
                SettingsReader.rules(Map.of("methods", "com.acme.Chat#ask(chat)"), properties, Map.of());

        assertThat(read.rules().isEmpty()).isTrue();
        assertThat(read.remarks().all())
                .singleElement()
                .satisfies(
                        remark -> assertThat(remark.line())
                                .startsWith(
                                        "methods: the rule com.acme.Chat#ask(chat) (option --methods, column 19) is not allowed:"));
        assertThat(SettingsReader.rules(Map.of(), properties, Map.of()).rules().isEmpty())
                .isFalse();
    }
}
