package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random stories, in which no promise of the lease protocol may break. {@code -Dchatstream.simulation.stories=100000} plays
 * more of them, {@code -Dchatstream.simulation.seed=…} begins with that one: the seed of a failure, which is printed with
 * its story.
 */
class SimulationTest {

    private static final int STEPS = 150;

    @Test
    void noPromiseIsBrokenAndNoChatIsStuck() {
        long first = Long.getLong("chatstream.simulation.seed", 1);
        long stories = Long.getLong("chatstream.simulation.stories", 150);
        for (long seed = first; seed < first + stories; seed++) {
            new Simulation(seed).play(STEPS);
        }
    }

    @Test
    void aSeedTellsTheSameStoryEachTime() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(new Simulation(seed).play(STEPS)).isEqualTo(new Simulation(seed).play(STEPS));
        }
    }
}
