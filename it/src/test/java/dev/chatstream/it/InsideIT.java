package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4: calls from inside an open stream, and what outlives its method. */
class InsideIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @Test
    void aCallForTheSameChatFromInsideJoinsTheStream() {
        Told told = stage.first().enter("a", "joined", "outer");
        assertThat(told.streamId()).as("no stream id of its own").isEqualTo("outer-of-a");
        assertThat(stage.first().end("a"))
                .isEqualTo("answered inside outer-of-a and then outer-of-a interrupted false");
        assertThat(stage.holderOf("joined")).isNull();
    }

    @Test
    void aStopEndsTheJoinedCallToo() {
        stage.first().enter("b", "stopped", "outer");
        stage.second().query("abort", "outer-of-b");
        assertThat(stage.first().left("b"))
                .startsWith("stopped inside outer-of-b")
                .endsWith("interrupted false");
    }

    @Test
    void anotherChatFromInsideIsASecondLock() {
        Told inner = stage.first().enter("c", "first", "twoChats");
        assertThat(inner.streamId()).isEqualTo("inner-of-c");
        assertThat(stage.holderOf("first")).isEqualTo("outer-of-c");
        assertThat(stage.holderOf("first-second")).isEqualTo("inner-of-c");
        assertThat(stage.first().end("c")).startsWith("answered and then outer-of-c");
        assertThat(stage.holderOf("first")).isNull();
        assertThat(stage.holderOf("first-second")).isNull();
    }

    @Test
    void currentIsInheritedByVirtualThreadsNeverByPlatformThreadsAndWrapCarriesIt() {
        stage.first().ask("d", "threads", "pool");
        assertThat(stage.first().left("d")).startsWith("plain thread none, wrapped outer-of-d, virtual outer-of-d");
    }

    @Test
    void aDetachedStreamOutlivesItsMethodUntilItsPartIsClosed() {
        Told told = stage.first().enter("e", "detached", "detached");
        assertThat(stage.first().left("e")).startsWith("returned");
        stage.second().ask("f", "detached", "reject");
        assertThat(stage.second().busy("f")).startsWith(told.streamId());
        assertThat(stage.holderOf("detached")).isEqualTo(told.streamId());

        stage.first().tell("end", "e");
        stage.first().output().await("closed e");
        stage.awaitHolder("detached", null);
    }

    @Test
    void aDetachedStreamIsStoppedToo() {
        Told told = stage.first().enter("g", "detachedStop", "detached");
        stage.first().left("g");
        stage.second().query("abort", told.streamId());
        assertThat(stage.first().aborted("g")).isEqualTo("STOPPED");
        stage.first().tell("end", "g");
        stage.awaitHolder("detachedStop", null);
    }
}
