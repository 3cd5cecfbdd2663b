package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void isPlainWhereItIsToldSo() {
        Narrator narrator = new Narrator(out, false, false, 60);
        tellAll(narrator);
        assertThat(printed())
                .doesNotContain("\u001b", "\r")
                .contains("1. A scene", "> kill -9 1", "  pod-1 | word word");
        assertThat(printed().lines()).anyMatch(line -> line.length() > 500);
    }

    @Test
    void onATerminalLongLinesGoOnBelowThemselves() {
        Narrator narrator = new Narrator(out, true, false, 60);
        tellAll(narrator);
        assertThat(printed().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void coloursAreOnlyAddedAround() {
        Narrator narrator = new Narrator(out, false, true, 60);
        tellAll(narrator);
        assertThat(printed()).contains("\u001b[");
        assertThat(printed().replaceAll("\u001b\\[\\d+m", "")).contains("  pod-1 | word word");
    }

    @Test
    void fallsSilent() {
        Narrator narrator = new Narrator(out, false, false, 60);
        narrator.fallSilent();
        tellAll(narrator);
        assertThat(printed()).isEmpty();
    }

    @Test
    void endsTheTourWhenNobodyReadsOn() {
        PrintStream closed = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        closed.close();
        Narrator narrator = new Narrator(closed, false, false, 60);
        assertThatThrownBy(() -> narrator.plain("a table")).hasMessage("nobody reads on");
    }

    private static void tellAll(Narrator narrator) {
        narrator.scene(1, "A scene");
        narrator.part("with ChatStream");
        narrator.act("kill -9 1");
        narrator.say("why");
        narrator.see("pod-1", "word ".repeat(100).strip());
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
