package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kotlin's functions that suspend, on dispatchers of kotlinx.coroutines. */
class SuspendingIT {

    private static final String FREE = ", free, none";

    @RegisterExtension
    static final Stage stage =
            Stage.with(plan -> plan.with("heartbeat", "200ms").with("max-waiters", "100"));

    @TempDir
    Path directory;

    @Test
    void areGuardedFromTheirCallToTheirLastReturn() {
        Beside beside = Beside.run(Beside.application(stage, "kotlin", "SuspendingChats"), directory);

        theStreamIsSeenEverywhere(beside);
        valuesPassAsTheyAre(beside);
        theyEndAsTheyEnd(beside);
        whoWaitsHoldsNoThread(beside);
        aStopEndsTheCallAlone(beside);
        callersMayLeave(beside);
        assertThat(beside.guarded())
                .contains(
                        "Speaks#speak(String, Continuation)",
                        "Talks#open(String, Continuation)",
                        "TalksKt#topLevelTalk(String, Continuation)")
                .doesNotContain("Overriding#speak(String, Continuation)");
        assertThat(beside.complaints())
                .singleElement()
                .asString()
                .startsWith("Talks#flow(String, Continuation): it returns kotlinx.coroutines.flow.Flow, which is not");
    }

    private static void says(Beside beside, String name, String what) {
        assertThat(beside.said(name)).as("%s of %s", name, beside).containsExactly(what + FREE);
    }

    private static void theStreamIsSeenEverywhere(Beside beside) {
        for (String name : new String[] {"blocking", "default", "unconfined", "undispatched"}) {
            says(
                    beside,
                    name,
                    String.join(" ", Stream.generate(() -> name).limit(7).toList()));
        }
        says(beside, "flow", "[one, two, flow, flow]");
        says(beside, "flow-default", "[one, two, flow-default, flow-default]");
        says(beside, "interface", "interface");
        says(beside, "inherited", "inherited");
        says(beside, "top-level", "top-level");
        says(beside, "open", "open open");
        says(beside, "super", "overridden open super super");
        says(beside, "proxy", "proxy in proxy");
        says(beside, "recursive", " recursive recursive recursive");
        says(beside, "nested", "nested other nested other nested");
        says(beside, "no-dispatcher", "none raw none");
    }

    private static void valuesPassAsTheyAre(Beside beside) {
        says(beside, "at-once", "at-once");
        says(beside, "tail", "tail");
        says(beside, "tail-suspended", "tail-suspended");
        says(beside, "null", "null");
        says(beside, "unit", "kotlin.Unit");
        says(beside, "value-class", "RoomId(id=value-class)");
        says(beside, "result", "Failure(java.lang.IllegalStateException: a value)");
        says(beside, "of-room", "of-room 42");
    }

    private static void theyEndAsTheyEnd(Beside beside) {
        says(beside, "failed", "true");
        says(beside, "failed-at-once", "true");
        says(beside, "future", "true done");
        says(beside, "child", "true");
        says(beside, "child-fails", "true");
    }

    private static void whoWaitsHoldsNoThread(Beside beside) {
        says(beside, "busy", "true whole");
        says(beside, "again", "never busy");
        says(beside, "one-thread", "[1 one-thread, 2 one-thread, 3 one-thread, 4 one-thread, 5 one-thread]");
        says(beside, "crowd", "1 at a time, false");
    }

    private static void aStopEndsTheCallAlone(Beside beside) {
        says(beside, "stopped", "STOPPED stopped [entered stopped, finally STOPPED, caller goes on]");
        says(beside, "stopped-waiting", "STOPPED whole");
        says(beside, "stops-race", "[]");
    }

    private static void callersMayLeave(Beside beside) {
        says(beside, "cancelled", "[entered cancelled, finally not aborted]");
        says(beside, "timed-out", "true [entered timed-out, finally not aborted]");
        says(beside, "cancelled-waiting", "enough 0 whole");
        says(beside, "cancels-itself", "true 0");
    }

    @Test
    void areStoppedByOtherPodsByALossAndByTheEndOfTheJvm() {
        Pod pod = stage.launch(
                Beside.application(stage, "kotlin", "SuspendingPod").arguments("s1", "s2", "s3"));
        for (String chat : new String[] {"s1", "s2", "s3"}) {
            pod.output().await("trial " + chat + ": entered " + chat);
            assertThat(stage.holderOf(chat)).isEqualTo(chat);
        }

        assertThat(stage.first().query("abort", "s1")).isEqualTo("done");
        ends(pod, "s1", "STOPPED");
        stage.awaitHolder("s1", null);

        stage.redis().client().set(RedisUnderTest.lockOf("s2"), "thief");
        ends(pod, "s2", "LOCK_LOST");

        pod.terminate();
        ends(pod, "s3", "SHUTDOWN");
        pod.awaitEnd();
        assertThat(stage.holderOf("s3")).isNull();
    }

    private static void ends(Pod pod, String chat, String reason) {
        pod.output().await("trial " + chat + ": finally " + reason);
        pod.output().await("trial " + chat + ": threw " + reason);
    }

    @Test
    void areSeenByTheCheck() {
        String classes = Libraries.classes("kotlin").toString();
        Output output = Output.of(
                PodPlan.bare().withoutAgent().flags("-jar", AgentJar.path().toString(), "check", classes));
        assertThat(output.text())
                .contains("Talks#atOnce(String, Continuation); held until it returns, however often it suspends;");
    }
}
