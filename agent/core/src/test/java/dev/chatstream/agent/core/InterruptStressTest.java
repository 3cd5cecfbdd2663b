package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An abort that comes exactly while the method leaves. */
class InterruptStressTest {

    private static final int ROUNDS = 10_000;

    private final World world = new World();
    private final World.Pod pod = world.pod();

    @Test
    void neverLeavesAFlagBehindAndNeverInterruptsAThreadThatHasLeft() throws Exception {
        CyclicBarrier round = new CyclicBarrier(2);
        try (Actor methods = Actor.onPlatformThread();
                Actor stops = Actor.onPlatformThread()) {
            var left = methods.begin(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    Entry.Entered method = Methods.enter(pod.guard, "c");
                    meet(round);
                    Entry.Entered joined = i % 3 == 0 ? Methods.in(orEntered(method)) : method;
                    if (joined != method) {
                        joined.leave();
                    }
                    method.leave();
                    boolean flagged = Thread.interrupted();
                    meet(round); // the abort is over too
                    if (flagged || Thread.interrupted()) {
                        return "a flag was left behind in round " + i;
                    }
                }
                return "none";
            });
            var stopped = stops.begin(() -> {
                for (int i = 0; i < ROUNDS && !left.isDone(); i++) {
                    meet(round);
                    pod.guard.abortChat("c").join();
                    meet(round);
                }
                return true;
            });
            assertThat(Actor.await(left)).isEqualTo("none");
            Actor.await(stopped);
        }
        assertThat(world.server.lock("c")).isEmpty();
    }

    /** Joins if the stop has not come yet. */
    private Entry orEntered(Entry.Entered method) {
        Entry entry = pod.guard.enter(Methods.call("c"));
        return entry instanceof Entry.Entered ? entry : method;
    }

    private static void meet(CyclicBarrier round) throws Exception {
        round.await(1, TimeUnit.MINUTES);
    }
}
