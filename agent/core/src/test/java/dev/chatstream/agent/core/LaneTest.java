package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Written;
import dev.chatstream.agent.core.Outages.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test at times around zero and where nanoTime overflows. */
class LaneTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE = 2 * SECOND;
    private static final Failure SILENT = new Failure(Failure.Kind.NO_ANSWER, "silent");

    private final AtomicLong clock = new AtomicLong();
    private final RecordingJournal journal = new RecordingJournal();
    private Timetable timetable;
    private Lane lane;

    private void begin(long at) {
        clock.set(at);
        timetable = new Timetable(clock::get, nanos -> {});
        lane = new Lane("l", PATIENCE, timetable, new Outages(new Narrator(journal, OnRedisDown.DEGRADE), timetable));
    }

    private void pass(long nanos) {
        clock.addAndGet(nanos);
        timetable.runDue();
    }

    private void answered() {
        lane.heard(Work.POLL, new Written.Done(), clock.get(), clock.get());
    }

    private boolean isDown() {
        return lane.reach().getNow(new Lane.Reach.Up()) instanceof Lane.Reach.Down;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3_000_000_000L, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void aLaneIsMissingAtFirstAndDownAfterOneCommandTimeout(long start) {
        begin(start);
        CompletableFuture<Lane.Reach> reach = lane.reach();
        pass(PATIENCE - 1);
        assertThat(reach).isNotDone();
        pass(1);
        assertThat(reach.join()).isInstanceOf(Lane.Reach.Down.class);
        assertThat(lane.reach()).as("later ones do not wait at all").isDone();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3_000_000_000L, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void thoseWhoWaitAreToldWhenItIsUp(long start) {
        begin(start);
        CompletableFuture<Lane.Reach> reach = lane.reach();
        lane.linkUp();
        assertThat(reach.join()).isInstanceOf(Lane.Reach.Up.class);
        pass(10 * PATIENCE);
        assertThat(lane.isUp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3_000_000_000L, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void silenceOfTheVeryFirstCommandIsSilence(long start) {
        begin(start);
        lane.linkUp();
        pass(PATIENCE);
        lane.heard(Work.ACQUIRE, SILENT, start, clock.get());
        assertThat(isDown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3_000_000_000L, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void oneLostAnswerIsNoSilenceWhereOthersWereAnsweredSince(long start) {
        begin(start);
        lane.linkUp();
        pass(SECOND);
        answered();
        pass(SECOND);
        lane.heard(Work.ACQUIRE, SILENT, start, clock.get());
        assertThat(lane.isUp()).isTrue();
        lane.heard(Work.ACQUIRE, SILENT, clock.get() - SECOND, clock.get() + SECOND);
        assertThat(isDown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void whoWaitsForAnAnswerIsToldWhenTheLaneGoesDown(long start) {
        begin(start);
        lane.linkUp();
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<String> first = lane.orDown(never, Failure::message);
        pass(PATIENCE);
        lane.heard(Work.ACQUIRE, SILENT, start, clock.get());
        assertThat(first.join()).isEqualTo("silent");
        assertThat(lane.orDown(never, Failure::message).join())
                .as("while it is down, at once")
                .isEqualTo("silent");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void anyAnswerEndsTheSilence(long start) {
        begin(start);
        lane.linkUp();
        lane.heard(Work.ACQUIRE, SILENT, start, clock.get());
        assertThat(isDown()).isTrue();
        lane.heard(Work.RENEW, new Failure(Failure.Kind.KEY, "WRONGTYPE"), clock.get(), clock.get());
        assertThat(lane.isUp()).isTrue();
        assertThat(journal.ofKind("redis-up")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void aLinkThatBreaksDuringSilenceStartsNoNewWait(long start) {
        begin(start);
        lane.linkUp();
        lane.heard(Work.ACQUIRE, SILENT, start, clock.get());
        lane.linkDown("no answer for 5000 ms");
        assertThat(isDown()).isTrue();
        lane.linkDown("connection refused");
        assertThat(((Lane.Reach.Down) lane.reach().join()).failure().message()).isEqualTo("connection refused");
        lane.linkUp();
        assertThat(lane.isUp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void theLatestReasonIsToldAndDoesNotProlongTheWait(long start) {
        begin(start);
        lane.linkDown("connection refused");
        pass(PATIENCE / 2);
        lane.linkDown("WRONGPASS");
        pass(PATIENCE / 2);
        assertThat(isDown()).isTrue();
        assertThat(journal.ofKind("redis-down").getFirst().message()).contains("WRONGPASS");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void aLinkThatIsBackInTimeIsNoOutage(long start) {
        begin(start);
        lane.linkUp();
        answered();
        lane.linkDown("reset");
        pass(PATIENCE - 1);
        lane.linkUp();
        pass(10 * PATIENCE);
        lane.linkDown("reset");
        pass(PATIENCE - 1);
        assertThat(isDown()).as("counted anew").isFalse();
        assertThat(journal.lines()).isEmpty();
        pass(1);
        assertThat(isDown()).isTrue();
        assertThat(journal.ofKind("redis-down")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void onlyOneProbeIsUnderWayAndOnlyWhileItIsDown(long start) {
        begin(start);
        assertThat(lane.beginsProbe()).as("missing").isFalse();
        lane.linkDown("connection refused");
        pass(PATIENCE);
        assertThat(lane.beginsProbe()).isTrue();
        assertThat(lane.beginsProbe()).isFalse();
        lane.heard(Work.OTHER, new Failure(Failure.Kind.NOT_SENT, "none"), clock.get(), clock.get());
        assertThat(lane.beginsProbe()).isTrue();
        answered();
        assertThat(lane.beginsProbe()).as("up").isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void aSlowFirstConnectionThatNobodyMissesIsNoOutage(long start) {
        begin(start);
        pass(5 * PATIENCE - 1);
        lane.linkUp();
        answered();
        pass(10 * PATIENCE);
        assertThat(journal.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void aSlowFirstConnectionIsSaidWhenACallHasToDoWithoutAndNoCallWaitsForIt(long start) {
        begin(start);
        pass(PATIENCE);
        assertThat(journal.lines()).isEmpty();
        assertThat(isDown()).isTrue();
        assertThat(journal.ofKind("redis-down")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void aSlowFirstConnectionIsSaidWhenItFails(long start) {
        begin(start);
        pass(PATIENCE);
        lane.linkDown("connection refused");
        assertThat(journal.ofKind("redis-down").getFirst().message()).contains("connection refused");
        assertThat(isDown()).isTrue();
        assertThat(journal.ofKind("redis-down")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L})
    void aFirstConnectionOfWhichNothingIsHeardIsSaidAfterFiveCommandTimeouts(long start) {
        begin(start);
        pass(PATIENCE);
        pass(4 * PATIENCE);
        assertThat(journal.ofKind("redis-down")).hasSize(1);
    }
}
