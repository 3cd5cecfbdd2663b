package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A publisher that nobody subscribes to, or late. */
class NeverConsumedIT extends PublisherCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan.with("subscribe-timeout", "500ms"));

    @Override
    protected Stage stage() {
        return stage;
    }

    @ParameterizedTest
    @EnumSource
    void givesItsLockBackAndTakesItAnewForWhoComesLate(Kind kind) {
        String call = kind.method() + "-kept";
        ask(call, call, kind.method(), "keep");
        Told entered = pod().entered(call);
        assertThat(entered.holdsLock()).isTrue();
        assertThat(pod().left(call)).startsWith("kept");
        assertThat(pod().log().awaitContaining("WARN", entered.streamId())).contains("Guarded#" + kind.method());
        isFree(call);

        assertThat(pod().query("again", call)).isEqualTo("subscribed");
        Told late = startedWithTheLock(call);
        assertThat(late.streamId()).isEqualTo(entered.streamId());
        assertThat(late.fence()).as("a fence of its own").isGreaterThan(entered.fence());
        tellWholeAnswer(kind, call);
        isTold(call + "-again", "done");
        isFree(call);
    }
}
