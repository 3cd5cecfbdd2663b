package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ids that are made here, and how ids are written into messages. */
class IdsTest {

    private static final String BACKSLASH_U = "\\" + "u";

    private static String code(int codePoint) {
        return Character.toString(codePoint);
    }

    @Test
    void uniqueIdsAreNeverTheSameTwiceOnWhateverThreadOrJvm() {
        Ids ofOneJvm = new Ids();
        Ids ofAnother = new Ids();
        Set<String> all = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            all.add(ofOneJvm.unique());
            all.add(ofAnother.unique());
        });
        assertThat(all).hasSize(20_000);
    }

    @Test
    void theyAreSafeInKeysRecordsUrlsAndLogs() {
        Ids ids = new Ids();
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            all.add(ids.unique());
        }
        assertThat(all).hasSize(1000).allMatch(id -> id.matches("[0-9a-z]{25,}"));
    }

    @Test
    void whatPeopleCanReadIsShownAsItIs() {
        for (String id : new String[] {"plain-id_1", "a b", "Müller", "語", "😀", "a:b/c?d=e&f", "'\"`$", "{x}"}) {
            assertThat(Ids.shown(id)).isEqualTo(id);
        }
    }

    @Test
    void whatCouldEndTheLineIsEscaped() {
        for (int c : new int[] {'\n', '\r', 0x0b, 0x0c, 0x85, 0x2028, 0x2029}) {
            assertThat(Ids.shown("a" + code(c) + "b")).isEqualTo(String.format("a%s%04xb", BACKSLASH_U, c));
        }
    }

    @Test
    void controlsAndTerminalEscapesAreEscaped() {
        for (int c = 0; c < 0x20; c++) {
            assertThat(Ids.shown(code(c))).isEqualTo(String.format("%s%04x", BACKSLASH_U, c));
        }
        for (int c = 0x7f; c < 0xa0; c++) {
            assertThat(Ids.shown(code(c))).isEqualTo(String.format("%s%04x", BACKSLASH_U, c));
        }
        assertThat(Ids.shown(code(0x1b) + "[31mred")).isEqualTo(BACKSLASH_U + "001b[31mred");
    }

    @Test
    void whatReordersOrHidesTextIsEscaped() {
        int[] hidden = {0x200b, 0x200d, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff, 0xad};
        for (int c : hidden) {
            assertThat(Ids.shown("a" + code(c) + "b")).isEqualTo(String.format("a%s%04xb", BACKSLASH_U, c));
        }
        assertThat(Ids.shown(code(0xe0041))).as("a tag character").isEqualTo("\\" + "U0e0041");
    }

    @Test
    void anEscapeInTheIdItselfIsNotTakenForOneOfOurs() {
        assertThat(Ids.shown(BACKSLASH_U + "000a")).isEqualTo(BACKSLASH_U + "005cu000a");
    }

    @Test
    void halfAnEmojiIsEscaped() {
        assertThat(Ids.shown("a\ud83d")).isEqualTo("a" + BACKSLASH_U + "d83d");
        assertThat(Ids.shown("\ude00b")).isEqualTo(BACKSLASH_U + "de00b");
    }

    @Test
    void aLongIdIsCutAndSaysHowLongItIs() {
        String shown = Ids.shown("x".repeat(1_000_000));
        assertThat(shown).startsWith("xxx").endsWith("x… (1000000 characters)").hasSizeLessThan(150);
        assertThat(Ids.shown("x".repeat(120))).isEqualTo("x".repeat(120));
    }

    @Test
    void itIsNotCutInTheMiddleOfAnEmoji() {
        assertThat(Ids.shown("x" + "😀".repeat(100))).isEqualTo("x" + "😀".repeat(60) + "… (201 characters)");
    }

    @Test
    void aLongIdOfControlsStaysShortToo() {
        assertThat(Ids.shown("\n".repeat(1_000_000))).hasSizeLessThan(800);
    }

    @Test
    void hostileIdsAreEscapedInWhateverIsSaid() {
        World world = new World();
        World.Pod pod = world.pod();
        String hostile = "a\nb" + code(0x1b) + "[2J" + code(0x202e);
        Call call = new Call(Methods.UNINTERRUPTIBLE, hostile, hostile, hostile);
        Entry.Entered method = Methods.enter(pod.guard, call);
        method.stream().onAbort(reason -> {
            throw new IllegalStateException(hostile);
        });
        Call again = new Call(Methods.UNINTERRUPTIBLE, hostile, hostile, hostile);
        assertThat(pod.call(again).refusal().toString().replace(hostile, "")).doesNotContain("\n");
        pod.guard.abort(hostile).join();
        world.advanceSeconds(20);
        method.leave();
        assertThat(pod.journal.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.message()).doesNotContain("\n", code(0x1b), code(0x202e)));
    }
}
