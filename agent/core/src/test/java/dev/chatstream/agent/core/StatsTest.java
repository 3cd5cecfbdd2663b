package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.Journal.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** stats-interval. */
class StatsTest {

    private final World world = new World();
    private final World.Pod pod = world.pod(Tuned.with(s -> s.statsInterval = Duration.ofMinutes(5)));

    private static List<String> said(World.Pod pod) {
        return pod.journal.ofKind("stats").stream()
                .map(RecordingJournal.Line::message)
                .toList();
    }

    @Test
    void aLineTellsWhatHasHappenedSinceTheLastAndWhatIsOpen() {
        OpenStream stream = pod.open("c");
        assertThat(pod.call("c", null, OnBusy.REJECT).isWaiting()).isFalse();
        world.advance(Duration.ofMinutes(5));
        assertThat(said(pod))
                .singleElement()
                .isEqualTo(
                        "in the last 5 min: entered 1, waited 0, busy 1, would-be-busy 0, aborted 0, lost 0, degraded 0;"
                                + " open now 1; Redis can be reached");
        assertThat(pod.journal.ofKind("stats").getFirst().level()).isEqualTo(Level.INFO);
        pod.guard.abort(stream.streamId()).join();
        stream.depart();
        world.advance(Duration.ofMinutes(5));
        assertThat(said(pod).getLast()).contains("entered 0", "busy 0", "aborted 1", "open now 0");
    }

    @Test
    void whereNothingHappensNothingIsSaidAndNothingIsWaitedFor() {
        pod.open("c").depart();
        world.advance(Duration.ofHours(2));
        assertThat(said(pod)).hasSize(1);
        assertThat(pod.guard.engine().pacemaker().untilDue()).isEqualTo(Beat.NEVER);
        pod.open("c").depart();
        world.advance(Duration.ofHours(2));
        assertThat(said(pod)).hasSize(2);
    }

    @Test
    void aStreamThatIsOpenForLongIsNoNewsButWhatHappensToItIs() {
        OpenStream stream = pod.open("c");
        world.advance(Duration.ofMinutes(30));
        assertThat(said(pod)).hasSize(1);
        pod.guard.abort(stream.streamId()).join();
        world.advance(Duration.ofMinutes(5));
        assertThat(said(pod)).hasSize(2);
    }

    @Test
    void whileRedisCannotBeReachedALineComesEachMinuteAndSaysSo() {
        pod.open("c");
        world.advance(Duration.ofMinutes(5));
        pod.store.goDown("connection refused");
        world.advance(Duration.ofMinutes(5));
        int before = said(pod).size();
        world.advance(Duration.ofMinutes(5));
        assertThat(said(pod).size() - before).isEqualTo(5);
        assertThat(said(pod).getLast()).startsWith("in the last 1 min").contains("Redis cannot be reached");
        pod.store.comeUp();
        world.advance(Duration.ofMinutes(1));
        before = said(pod).size();
        world.advance(Duration.ofHours(1));
        assertThat(said(pod).size() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void withAnIntervalOfZeroNothingIsEverSaid() {
        World.Pod silent = world.pod(Tuned.with(s -> s.statsInterval = Duration.ZERO));
        silent.open("c");
        silent.store.goDown("connection refused");
        world.advance(Duration.ofHours(2));
        assertThat(said(silent)).isEmpty();
    }
}
