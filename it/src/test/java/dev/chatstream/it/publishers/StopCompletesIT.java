package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a Stop is to look like an end; nothing else does. */
class StopCompletesIT extends PublisherCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan.with("on-stop", "complete"));

    @Override
    protected Stage stage() {
        return stage;
    }

    /** A {@code Single} cannot end without a value. */
    @ParameterizedTest
    @EnumSource
    void aStopIsANormalEnd(Kind kind) {
        String call = kind.method() + "-completed";
        Told told = read(kind, call);
        stopElsewhere(told);
        isCancelled(call);
        isTold(call, kind == Kind.SINGLE ? "aborted STOPPED by dev.chatstream.ChatAbortedException" : "done");
        isFree(call);
    }

    @ParameterizedTest
    @EnumSource
    void aLostLockIsNot(Kind kind) {
        String call = kind.method() + "-lost";
        read(kind, call);
        steal(call);
        isCancelled(call);
        isTold(call, "aborted LOCK_LOST by dev.chatstream.ChatAbortedException");
    }

    /** All kinds at once, on a pod that is sent SIGTERM. */
    @Test
    void aShutdownIsNot() {
        Pod leaving = stage.pod();
        List<String> calls = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String call = kind.method() + "-shutdown";
            leaving.tell("ask", call, call, kind.method(), "platform", "read");
            leaving.output().await("started " + call + " ");
            calls.add(call);
        }
        leaving.terminate();
        leaving.awaitEnd();
        for (String call : calls) {
            leaving.output().await("cancelled " + call + " ");
            assertThat(leaving.output().await("signal " + call + " ")).contains("aborted SHUTDOWN by ");
            assertThat(stage.holderOf(call)).as(call).isNull();
        }
    }
}
