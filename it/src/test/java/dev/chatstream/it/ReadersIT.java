package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract 4: a method that returns what is read after it holds its chat until that is over. */
class ReadersIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @ParameterizedTest
    @CsvSource({"stream, answered", "iterator, first answered second answered", "bytes, x"})
    void theLockIsHeldUntilItHasBeenReadAndTheReaderSeesEveryElement(String kind, String elements) {
        Told told = stage.first().enter("read-" + kind, kind, kind);
        assertThat(stage.holderOf(kind)).isEqualTo(told.streamId());
        stage.second().ask("other-" + kind, kind, "reject");
        assertThat(stage.second().busy("other-" + kind)).startsWith(told.streamId());

        assertThat(stage.first().end("read-" + kind)).isEqualTo(elements + " interrupted false");
        stage.awaitHolder(kind, null);
        assertThat(stage.first().log().containing("WARN")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"stream, aborted STOPPED", "bytes, java.io.IOException"})
    void aStopFromAnotherPodClosesItAndItsReaderSeesNoNormalEnd(String kind, String thrown) {
        Told told = stage.first().enter("stop-" + kind, "stop-" + kind, kind);
        stage.second().query("abort", told.streamId());
        assertThat(stage.first().threw("stop-" + kind)).startsWith(thrown).contains("STOPPED");
        stage.awaitHolder("stop-" + kind, null);
    }

    @Test
    void underOnStopCompleteAStopLooksLikeAnEnd() {
        Pod pod = stage.pod(stage.plan().with("on-stop", "complete"));
        Told told = pod.enter("complete", "complete", "bytes");
        stage.second().query("abort", told.streamId());
        assertThat(pod.left("complete")).as("what it had").startsWith("x ");
        stage.awaitHolder("complete", null);
    }
}
