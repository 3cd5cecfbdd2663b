package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HouseholdTest {
    private final Household household = new Household();

    @AfterEach
    void clear() {
        household.clear();
    }

    @Test
    void takesAwayItsProcessesAndItsFolder() {
        Child child = household.keep(() -> start("echo up; exec sleep 600"));
        child.lines().await("'up'", "up"::equals, Duration.ofSeconds(30));
        assertThat(child.isAlive()).isTrue();

        household.clear();

        assertThat(child.isAlive()).isFalse();
        assertThat(household.folder()).doesNotExist();
    }

    @Test
    void startsNothingOnceItIsCleared() {
        household.clear();
        List<String> started = new ArrayList<>();
        assertThatThrownBy(() -> household.keep(() -> {
                    started.add("started");
                    return start("sleep 600");
                }))
                .hasMessage("the tour is over");
        assertThat(started).isEmpty();
    }

    @Test
    void takesAwayWhatCameLastFirst() {
        List<String> order = new ArrayList<>();
        household.keep(() -> () -> order.add("first"));
        household.keep(() -> () -> order.add("second"));
        household.clear();
        assertThat(order).containsExactly("second", "first");
    }

    @Test
    void aChildDoesNotGetTheCallersOwnSettingsAndKeepsItsFilesInItsFolder() {
        Child child = household.keep(() -> start("pwd; env | grep ^CHATSTREAM"));
        child.lines().await("its setting", "CHATSTREAM_LOCK_TTL=6s"::equals, Duration.ofSeconds(30));
        Path folder = Path.of(child.lines().all().getFirst());
        assertThat(folder).startsWith(household.folder());
        assertThat(Files.isDirectory(folder)).isTrue();
    }

    private Child start(String script) throws java.io.IOException {
        return Child.start(
                "child",
                household.folder().resolve("child"),
                Map.of("CHATSTREAM_LOCK_TTL", "6s"),
                List.of("sh", "-c", script));
    }
}
