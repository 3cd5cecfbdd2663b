package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mode is switched while the JVM runs. */
class SwitchTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();
    private final World.Pod other = world.pod();

    @ParameterizedTest
    @EnumSource(names = {"OBSERVE", "OFF"})
    void callsThatWaitEnterAtOnceWithoutALock(Mode mode) {
        OpenStream holder = pod.open("here");
        OpenStream there = other.open("there");
        World.Attempt queued = pod.call("here");
        OpenStream superseded = pod.open("superseded");
        World.Attempt superseding = pod.call("superseded", null, OnBusy.SUPERSEDE);
        World.Attempt elsewhere = pod.call("there");
        pod.guard.switchTo(mode);
        for (World.Attempt waited : new World.Attempt[] {queued, superseding, elsewhere}) {
            assertThat(waited.stream().isOpen()).isTrue();
            assertThat(waited.stream().holdsLock()).isFalse();
        }
        world.advanceSeconds(60);
        assertThat(there.isAborted()).isFalse();
        assertThat(superseded.isAborted()).as("that was told before").isTrue();
        assertThat(holder.holdsLock()).as("what is open is kept to its end").isTrue();
        assertThat(pod.journal.ofKind("mode").getFirst().message())
                .contains("mode=" + mode.name().toLowerCase(java.util.Locale.ROOT), "enforce", "entered: 3");
    }

    @Test
    void noLockIsLeftWhateverTheModeWasWhenAStreamBegan() {
        OpenStream enforced = pod.open("a");
        pod.guard.switchTo(Mode.OBSERVE);
        OpenStream observed = pod.open("b");
        OpenStream without = pod.open("a");
        pod.guard.switchTo(Mode.OFF);
        pod.guard.switchTo(Mode.ENFORCE);
        world.advanceSeconds(120);
        assertThat(enforced.holdsLock()).isTrue();
        assertThat(observed.holdsLock()).isTrue();
        enforced.depart();
        observed.depart();
        without.depart();
        world.advanceSeconds(2);
        assertThat(Leftovers.none(pod.guard, "a")).isTrue();
        assertThat(world.server.lock("a")).isEmpty();
        assertThat(world.server.lock("b")).isEmpty();
    }

    @Test
    void afterTheSwitchBackCallsWaitAgain() {
        pod.guard.switchTo(Mode.OFF);
        assertThat(pod.guard.isOff()).isTrue();
        pod.guard.switchTo(Mode.ENFORCE);
        OpenStream holder = pod.open("c");
        World.Attempt second = pod.call("c");
        assertThat(second.isWaiting()).isTrue();
        holder.depart();
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void aStopWorksInEveryMode() {
        OpenStream stream = pod.open("c");
        pod.guard.switchTo(Mode.OFF);
        other.guard.abort(stream.streamId()).join();
        world.advanceSeconds(2);
        assertThat(stream.isAborted()).isTrue();
    }

    @Test
    void theSameModeAgainIsNoNews() {
        pod.guard.switchTo(Mode.ENFORCE);
        world.advance(Duration.ofSeconds(1));
        assertThat(pod.journal.ofKind("mode")).isEmpty();
    }
}
