package dev.chatstream.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker of the chaos run finds what it is to find, and nothing where all went well: in histories made by hand. */
class CheckerTest {

    private final Tale tale = new Tale();

    @Test
    void anOrderlyHandOverIsNoViolation() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_010).renewed(1_600).holds("a", 10, 3_590, 1_700, 2_000);
        tale.ends("a", 2_100).released("a", 10, 2_110);
        tale.plainWon("plain-1", 2_200)
                .holds("plain-1", 0, 4_190, 2_300)
                .ends("plain-1", 2_400)
                .gone();
        tale.won("b", 11, 2_500)
                .holds("b", 11, 4_490, 2_600, 3_000)
                .ends("b", 3_100)
                .released("b", 11, 3_101);
        assertThat(tale.broken()).isEmpty();
        assertThat(tale.checker().counts()).contains("fences given", "violations");
    }

    @Test
    void twoThatAreEntitledAtOnceAreFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100, 1_400);
        tale.gone().won("b", 11, 1_200).holds("b", 11, 3_190, 1_300, 1_500);
        assertThat(tale.broken()).contains("two entitled at once", "nobody takes another's lock");
        assertThat(tale.checker().extracts()).contains("a (wait, fence 10) and b (wait, fence 11)", "is entitled from");
    }

    @Test
    void onesMomentWithinAnothersTimeIsFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100, 1_900).sees("b", 11, 1_200, 1_300, 500);
        assertThat(tale.broken()).contains("two entitled at once");
    }

    @Test
    void aMomentThatMayHaveBeenAfterAnothersTimeProvesNothing() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100, 1_190).released("a", 10, 1_200);
        tale.won("b", 11, 1_210).sees("b", 11, 1_150, 1_250, 1_900);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void thePlainClientCountsToo() {
        tale.plainWon("plain-1", 1_000).holds("plain-1", 0, 2_990, 1_100, 1_400);
        tale.gone().won("b", 11, 1_200).holds("b", 11, 3_190, 1_300, 1_500);
        assertThat(tale.broken()).contains("two entitled at once");
    }

    @Test
    void aPlainLockThatIsWrittenTogetherWithTheDeletionOfAnExpiredOneIsKnownAsSuch() {
        tale.won("a", 10, 1_000).plainWonAfterAnExpiredOne("plain-1", 3_100).holds("plain-1", 0, 5_090, 3_200);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aStreamThatStoodStillBeyondItsDeadlineIsNotTakenForEntitledMeanwhile() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100).gone();
        tale.won("b", 11, 3_500).holds("b", 11, 5_490, 3_600, 4_000).released("b", 11, 4_100);
        tale.sees("a", 10, 4_500, 4_500, 0);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void whoTakesItsLockAgainWithNobodyBetweenKeepsItsFence() {
        tale.won("a", 10, 1_000)
                .holds("a", 10, 2_990, 1_100)
                .gone()
                .won("a", 10, 4_000)
                .holds("a", 10, 5_990, 4_100);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void whoTakesItsLockAgainThoughAnotherCameBetweenIsFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100).gone();
        tale.won("b", 11, 3_500).holds("b", 11, 5_490, 3_600).released("b", 11, 3_700);
        tale.won("a", 10, 4_000).holds("a", 10, 5_990, 4_100);
        assertThat(tale.broken()).containsExactly("fences in order");
    }

    @Test
    void whoWasOverruledIsExcusedUntilItsDeadline() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100);
        tale.won("b", 11, 1_500, "a").holds("b", 11, 3_490, 1_600, 2_400);
        tale.holds("a", 10, 2_990, 2_000);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void whoWasOverruledAndBelievesForLongerIsFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_100);
        tale.won("b", 11, 1_500, "a").holds("a", 10, 3_500, 2_000);
        assertThat(tale.broken()).containsExactly("entitled for longer than the lock lives");
    }

    @Test
    void aLockThatIsOverwrittenWithoutOverrulingIsFound() {
        tale.won("a", 10, 1_000).won("b", 11, 1_500);
        assertThat(tale.broken()).containsExactly("nobody takes another's lock");
    }

    @Test
    void aDeadlineFromTheReplyIsFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 3_490, 1_500);
        assertThat(tale.broken()).containsExactly("entitled for longer than the lock lives");
    }

    @Test
    void whoBelievesInALockThatIsGoneIsFound() {
        tale.won("a", 10, 1_000).released("a", 10, 1_200).holds("a", 10, 2_990, 1_300);
        assertThat(tale.broken()).containsExactly("entitled without a lock");
    }

    @Test
    void aReleaseThatDeletesAnothersLockIsFound() {
        tale.won("a", 10, 1_000).gone().won("b", 11, 3_100).released("a", 10, 3_200);
        assertThat(tale.broken()).containsExactly("nobody takes another's lock");
    }

    @Test
    void aFenceBelowOneThatWasGivenIsFound() {
        tale.won("a", 10, 1_000).released("a", 10, 1_100).won("b", 9, 1_200);
        assertThat(tale.broken()).containsExactly("fences in order");
    }

    @Test
    void fencesThatAreSeenInTheWrongOrderAreFound() {
        tale.won("b", 10, 900)
                .won("a", 11, 1_000, "b")
                .holds("a", 11, 2_990, 1_050)
                .released("a", 11, 1_100);
        tale.won("c", 12, 1_200).released("c", 12, 1_300);
        assertThat(tale.broken()).isEmpty();
        tale.sees("c", 12, 1_210, 1_211, 1_000).sees("d", 5, 1_400, 1_401, 1_000);
        assertThat(tale.broken()).contains("fences in order");
    }

    @Test
    void aFenceThatChangesOrIsGivenTwiceIsFound() {
        tale.won("a", 10, 1_000)
                .holds("a", 9, 2_990, 1_050)
                .holds("a", 10, 2_990, 1_060)
                .sees("b", 10, 3_500, 3_500, 0);
        assertThat(tale.broken()).contains("a stream keeps its fence", "a fence given twice");
    }

    @Test
    void aLockThatOutlivesItsStreamByMoreThanATtlIsFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_050).ends("a", 1_100).renewed(1_600);
        assertThat(tale.broken()).containsExactly("no chat is stuck longer than a TTL");
        assertThat(tale.checker().counts()).containsPattern("longest lock without its stream, ms +2500\\b");
    }

    @Test
    void whatAPausedServerAppliesLateCountsFromTheEndOfThePause() {
        tale.won("a", 10, 1_000)
                .holds("a", 10, 2_990, 1_050)
                .ends("a", 1_100)
                .renewed(1_600)
                .paused(1_000, 1_610);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aLockOfAProcessThatWasKilledMayLiveForATtlAndOfOneThatEndedCleanlyNotAtAll() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_050).allEnd(1_100, false);
        assertThat(tale.broken()).isEmpty();
        tale.allEnd(1_100, true);
        assertThat(tale.broken()).containsExactly("who ends cleanly leaves no lock");
    }

    @Test
    void aStreamThatClaimsItsLockAfterItsEndIsFound() {
        tale.won("a", 10, 1_000).ends("a", 1_100).released("a", 10, 1_100).claimsAfterItsEnd("a");
        assertThat(tale.broken()).containsExactly("who has left claims nothing");
    }

    @Test
    void aChatThatNobodyGetsThoughAllIsWellIsFound() {
        tale.won("a", 10, 1_000).holds("a", 10, 2_990, 1_050, 1_100).released("a", 10, 1_200);
        tale.won("b", 11, 9_000)
                .holds("b", 11, 10_990, 9_100)
                .released("b", 11, 9_200)
                .quiet(6_000, 12_000);
        assertThat(tale.broken()).isEmpty();
        tale.quiet(1_300, 8_000);
        assertThat(tale.broken()).containsExactly("a chat is used again");
    }

    @Test
    void theTornLastLineOfAKilledPodIsLeftOut(@TempDir Path folder) throws IOException {
        Path notebook = folder.resolve("A1.txt");
        Files.writeString(notebook, "C 7 100 c2 wait\nS 7 110 120 500 33\nS 7 130 1", StandardCharsets.US_ASCII);
        List<Story> stories = Story.read("A1", notebook);
        assertThat(stories).hasSize(1);
        assertThat(stories.getFirst().samples).containsExactly(new Story.Sample(110, 120, 500, 33));
        assertThat(stories.getFirst().who).isEqualTo("A1-7");
    }

    @Test
    void anAppendOnlyFileIsReadCommandByCommand() {
        String text = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$3\r\nb\r\n\r\n";
        assertThat(AppendOnlyFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(List.of("SELECT", "0"), List.of("SET", "a", "b\r\n"));
    }
}
