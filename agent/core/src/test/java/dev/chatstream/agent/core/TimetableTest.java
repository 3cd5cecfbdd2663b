package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test at times around zero and where nanoTime overflows. */
class TimetableTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<Long> wakes = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();

    private Timetable begin(long at) {
        clock.set(at);
        return new Timetable(clock::get, wakes::add);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void whatIsDueRunsInTheOrderOfItsTimeAndOnce(long start) {
        Timetable timetable = begin(start);
        timetable.after(20, () -> ran.add("c"));
        timetable.after(10, () -> ran.add("a"));
        timetable.after(10, () -> ran.add("b"));
        assertThat(timetable.untilNext()).isEqualTo(10);
        clock.addAndGet(9);
        timetable.runDue();
        assertThat(ran).isEmpty();
        clock.addAndGet(1);
        timetable.runDue();
        assertThat(ran).containsExactly("a", "b");
        clock.addAndGet(100);
        timetable.runDue();
        timetable.runDue();
        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(timetable.untilNext()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5})
    void whatIsTakenBackDoesNotRun(long start) {
        Timetable timetable = begin(start);
        Timetable.Timer timer = timetable.after(10, () -> ran.add("a"));
        timer.cancel();
        timer.cancel();
        assertThat(timetable.untilNext()).isEqualTo(Long.MAX_VALUE);
        clock.addAndGet(10);
        timetable.runDue();
        timer.cancel();
        assertThat(ran).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5})
    void theDriverIsWokenForAnEntryThatIsDueBeforeAllOthersOnly(long start) {
        Timetable timetable = begin(start);
        timetable.after(20, () -> {});
        timetable.after(30, () -> {});
        timetable.after(10, () -> {});
        assertThat(wakes).containsExactly(20L, 10L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5})
    void whatIsOverdueIsDueAtOnce(long start) {
        Timetable timetable = begin(start);
        timetable.after(-7, () -> ran.add("past"));
        assertThat(timetable.untilNext()).isZero();
        timetable.runDue();
        assertThat(ran).containsExactly("past");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5})
    void aTaskMayAddAnother(long start) {
        Timetable timetable = begin(start);
        timetable.after(1, () -> timetable.after(0, () -> ran.add("next")));
        clock.addAndGet(1);
        timetable.runDue();
        assertThat(ran).isEmpty();
        timetable.runDue();
        assertThat(ran).containsExactly("next");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5})
    void aTaskThatFailsTakesNoOtherWithIt(long start) {
        Timetable timetable = begin(start);
        timetable.after(1, () -> {
            throw new IllegalStateException("test");
        });
        timetable.after(2, () -> ran.add("after"));
        clock.addAndGet(5);
        assertThatThrownBy(timetable::runDue).hasMessage("test");
        assertThat(timetable.untilNext()).isZero();
        timetable.runDue();
        assertThat(ran).containsExactly("after");
    }
}
