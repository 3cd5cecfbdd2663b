package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.chat.Plain;
import dev.chatstream.agent.instrument.Weaving;
import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

    private static final String RULE = "--methods=com.acme.chat.Plain#main(#p0)";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLine(print(out), print(err), "1.2.3").run(all);
    }

    private static String classes() throws Exception {
        return Path.of(Plain.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json", "--lines", "--methods", "no-such.jar", "no-such-directory/*"})
    void wrongUsageIsExitCodeTwo(String argument) {
        assertThat(argument.isEmpty() ? run() : run(argument)).isEqualTo(2);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsAnyOf("check needs a jar", "Unknown argument: " + argument, "There is no " + argument)
                .contains("Usage:", "check [--json]");
    }

    @Test
    void aClassPathIsCheckedWithTheRulesOfTheCommandLine() throws Exception {
        int code = run(RULE, directory + File.pathSeparator + classes());

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("guarded      com.acme.chat.Plain#main(String[]); held until it returns; chatId #p0; by rule"
                        + " com.acme.chat.Plain#main(#p0) (option --methods, column 1)\n")
                .endsWith(" not guarded, 0 other mistakes.\n");
    }

    @Test
    void aMistakeInARuleOrARuleThatMeansNothingIsExitCodeOne() throws Exception {
        Path rules = Files.writeString(directory.resolve("chat.rules"), "com.acme.chat.Plian#main(#p0)\n#\n[]\n");

        assertThat(run("--methods-file=" + rules, classes())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("MISTAKE ")))
                .satisfiesExactly(
                        wrong -> assertThat(wrong).contains(rules + ":3:1"),
                        idle -> assertThat(idle).endsWith("was given; similar: com.acme.chat.Plain."));
    }

    @Test
    void jsonIsEscaped() {
        Finding guarded = new Finding(
                Verdict.GUARDED,
                "a.B#c()",
                "annotation",
                "until it returns",
                Map.of("chatId", "'\"\\\u00fc\n\u2028'"),
                List.of("one", "two"),
                "");
        Finding not = new Finding(Verdict.NOT_GUARDED, "a.B#d()", "annotation", "", Map.of(), List.of(), "why\tnot");
        Weaving.Checked checked = new Weaving.Checked(List.of(not, guarded), List.of(), List.of(), 7);

        assertThat(CheckupJson.of(new Checkup("1.2.3", checked, List.of()))).isEqualTo("""
                        {
                          "version": "1.2.3",
                          "ok": false,
                          "classes": 7,
                          "methods": [
                            {"method": "a.B#d()", "guarded": false, "source": "annotation", "why": "why\\u0009not"},
                            {"method": "a.B#c()", "guarded": true, "source": "annotation", "shape": "until it returns",\
                         "names": {"chatId": "'\\"\\\\\\u00fc\\u000a\\u2028'"}, "remarks": ["one", "two"]}
                          ],
                          "mistakes": [],
                          "remarks": []
                        }
                        """);
    }
}
