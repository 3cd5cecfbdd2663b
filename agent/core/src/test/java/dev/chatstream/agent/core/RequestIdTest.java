package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids that a call may leave out, and the request id, which stands in what people read and nowhere else. */
class RequestIdTest {

    private static final Call.Rule REJECT = new Call.Rule("Chat#stream", OnBusy.REJECT, null, null, true);

    private final World world = new World();
    private final Pod pod = world.pod();

    private static String message(Attempt attempt) {
        return ((Entry.Refusal) attempt.refusal()).message();
    }

    @Test
    void everyRefusalNamesIt() {
        pod.open("c");
        Attempt busy = pod.call(new Call(REJECT, "c", null, "request 1"));
        assertThat(message(busy)).contains("request 1");

        Attempt stopped = pod.call(new Call(Methods.RULE, "c", "s", "request 2"));
        pod.guard.abort("s").join();
        assertThat(message(stopped)).contains("request 2");

        Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));
        strict.store.goDown("test");
        Attempt unavailable = strict.call(new Call(Methods.RULE, "c", null, "request 3"));
        world.advanceSeconds(2);
        assertThat(message(unavailable)).contains("request 3");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t\n"})
    void aBlankOneIsNone(String blank) {
        pod.open("c");
        assertThat(message(pod.call(new Call(REJECT, "c", null, blank)))).doesNotContain("request");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t\n"})
    void aBlankStreamIdIsAUniqueOne(String blank) {
        OpenStream one = pod.open("c", blank);
        OpenStream other = pod.open("d", blank);
        assertThat(one.streamId()).isNotBlank().isNotEqualTo(other.streamId());
        assertThat(world.server.lock("c")).contains(one.streamId());
    }
}
