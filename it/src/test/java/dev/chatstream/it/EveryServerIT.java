package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.ServerKind;
import dev.chatstream.it.harness.Servers;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The thinnest whole call, on every kind of server that can be had. */
class EveryServerIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    static List<ServerKind> kinds() {
        return Servers.every();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCallHoldsItsChatIsBusyElsewhereIsStoppedFromAfarAndLetsGo(ServerKind kind) {
        try (RedisUnderTest redis = kind.start(List.of())) {
            Pod one = stage.pod(PodPlan.on(redis.uri()));
            Pod other = stage.pod(PodPlan.on(redis.uri()));
            String lock = RedisUnderTest.lockOf("chat");
            Told told = one.enter("a", "chat", "wait");
            assertThat(told.holdsLock()).isTrue();
            assertThat(redis.client().get(lock)).isEqualTo(told.streamId());
            assertThat(redis.client().pttl(lock)).isBetween(1L, 6000L);

            other.ask("b", "chat", "reject");
            assertThat(other.busy("b")).startsWith(told.streamId());

            assertThat(other.query("abortChat", "chat")).isEqualTo("Optional[" + told.streamId() + "]");
            assertThat(one.aborted("a")).isEqualTo("STOPPED");
            assertThat(one.left("a")).isEqualTo("stopped interrupted false");
            // what runs on an abort may hold the lock for a moment longer than the method
            Eventually.until("the lock is given back", () -> redis.client().exists(lock) == 0);

            Told next = other.enter("c", "chat", "wait");
            assertThat(next.fence()).isGreaterThan(told.fence());
            assertThat(other.end("c")).startsWith("answered");
            assertThat(redis.client().exists(lock)).isZero();
            Eventually.until(
                    "the aborted stream has cleared its marker",
                    () -> redis.client().exists(RedisUnderTest.markerOf(told.streamId())) == 0);
        }
    }
}
