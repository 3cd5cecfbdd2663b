package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrampolineTest {

    private final List<Throwable> faults = new ArrayList<>();
    private final Trampoline trampoline = new Trampoline(faults::add);

    @Test
    void whatIsGivenInsideATaskRunsAfterIt() {
        List<String> ran = new ArrayList<>();
        trampoline.run(() -> {
            trampoline.run(() -> ran.add("inner"));
            ran.add("outer");
        });
        assertThat(ran).containsExactly("outer", "inner");
    }

    @Test
    void aTaskThatFailsIsToldAndTheNextOnesRun() {
        List<String> ran = new ArrayList<>();
        trampoline.run(() -> {
            trampoline.run(() -> ran.add("next"));
            throw new IllegalStateException("test");
        });
        trampoline.run(() -> ran.add("later"));
        assertThat(ran).containsExactly("next", "later");
        assertThat(faults).hasSize(1);
    }
}
