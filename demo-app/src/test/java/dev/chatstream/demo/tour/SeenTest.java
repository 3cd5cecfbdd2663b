package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SeenTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final Seen<String> lines = new Seen<>("pod-1");

    @Test
    void findsWhatWasSeenAlready() {
        lines.add("starting");
        lines.add("ready");
        assertThat(lines.await("ready", "ready"::equals, Duration.ZERO)).isEqualTo("ready");
    }

    @Test
    void waitsForWhatIsYetToCome() {
        CompletableFuture<String> found =
                CompletableFuture.supplyAsync(() -> lines.await("ready", "ready"::equals, LONG));
        lines.add("starting");
        lines.add("ready");
        assertThat(found.join()).isEqualTo("ready");
    }

    @Test
    void doesNotWaitForASourceThatHasEndedAndSaysWhatItSaidLast() {
        lines.add("no port is free");
        lines.end();
        assertThatThrownBy(() -> lines.await("'ready'", "ready"::equals, LONG))
                .isInstanceOf(TourException.class)
                .hasMessageContaining("waited for 'ready' from pod-1, which has ended")
                .hasMessageContaining("no port is free");
    }

    @Test
    void givesUpAfterItsTime() {
        assertThatThrownBy(() -> lines.await("'ready'", "ready"::equals, Duration.ofMillis(1)))
                .hasMessage("waited for 'ready' from pod-1, which did not come within 1 ms; nothing was seen");
    }

    @Test
    void tellsWhatCameSinceAMark() {
        lines.add("before");
        int mark = lines.mark();
        lines.add("after");
        assertThat(lines.since(mark)).containsExactly("after");
    }
}
