package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4, enter: no second stream in a chat, on any pod. */
class BusyIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @Test
    void aCallForABusyChatWaitsAndEntersWhenTheStreamOnAnotherPodEnds() {
        Told first = stage.first().enter("w1", "wait", "wait");
        stage.second().ask("w2", "wait", "wait");
        stage.second().enter("bystander", "another chat", "wait"); // chats do not wait for each other
        assertThat(stage.holderOf("wait")).isEqualTo(first.streamId());
        assertThat(stage.second().output().containing("entered w2")).isEmpty();

        stage.first().end("w1");
        Told second = stage.second().entered("w2");
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(stage.holderOf("wait")).isEqualTo(second.streamId());
        stage.second().end("w2");
        stage.second().end("bystander");
    }

    @Test
    void waitingCallsOfOneJvmAreServedInTheirOrder() {
        stage.first().enter("q0", "queue", "wait");
        for (int i = 1; i <= 4; i++) {
            stage.first().ask("q" + i, "queue", "wait", "queued-" + i);
            awaitWaiting("queued-" + i);
        }
        for (int i = 0; i < 4; i++) {
            stage.first().end("q" + i);
            assertThat(stage.first().output().await("entered q")).startsWith("entered q" + (i + 1) + " ");
        }
        stage.first().end("q4");
    }

    /** The same id again is refused at once as soon as the first waits: so it is known to be in the queue. */
    private static void awaitWaiting(String streamId) {
        Eventually.until(streamId + " waits", () -> {
            stage.first().ask("probe", "queue", "reject", streamId);
            return stage.first().busy("probe").contains("same message")
                    || stage.first().output().containing("busy probe").size() > 20;
        });
    }

    @Test
    void rejectThrowsAtOnceAndNamesTheOwner() {
        Told holder = stage.first().enter("r1", "reject", "wait");
        stage.second().ask("r2", "reject", "reject");

        assertThat(stage.second().busy("r2")).startsWith(holder.streamId() + " chat [reject] interrupted false: ");
        stage.first().ask("r3", "reject", "reject");
        assertThat(stage.first().busy("r3")).startsWith(holder.streamId() + " chat [reject]");
        stage.first().end("r1");
    }

    @Test
    void acquireTimeoutEndsTheWaitWithChatBusyException() {
        Pod hasty = stage.pod(stage.plan().with("acquire-timeout", "300ms"));
        Told holder = stage.first().enter("t1", "timeout", "wait");
        hasty.ask("t2", "timeout", "wait");

        assertThat(hasty.busy("t2")).startsWith(holder.streamId() + " chat [timeout] ");
        assertThat(stage.holderOf("timeout")).isEqualTo(holder.streamId());
        stage.first().end("t1");
    }

    @Test
    void onBusyOfTheSettingsCountsWhereTheAnnotationSaysNone() {
        Pod strict = stage.pod(stage.plan().with("on-busy", "reject"));
        Told holder = stage.first().enter("d1", "default", "wait");
        strict.ask("d2", "default", "wait");
        assertThat(strict.busy("d2")).startsWith(holder.streamId());
        stage.first().end("d1");
    }

    @Test
    void anInterruptEndsTheWaitWithChatBusyExceptionAndKeepsTheFlag() {
        Told holder = stage.first().enter("i1", "interrupt", "wait");
        stage.first().ask("i2", "interrupt", "wait");
        stage.first().tell("interrupt", "i2");
        assertThat(stage.first().busy("i2")).startsWith(holder.streamId() + " chat [interrupt] interrupted true");
        stage.first().end("i1");
    }

    @Test
    void theSameMessageTwiceIsRefusedAtOnceUnderEveryPolicyOnAnyPod() {
        stage.first().enter("s1", "same", "wait", "message-1");
        for (String method : new String[] {"wait", "reject", "supersede"}) {
            stage.second().ask("s-" + method, "same", method, "message-1");
            assertThat(stage.second().busy("s-" + method)).startsWith("message-1 chat [same]");
            stage.first().ask("l-" + method, "same", method, "message-1");
            assertThat(stage.first().busy("l-" + method)).startsWith("message-1 chat [same]");
        }
        assertThat(stage.first().state("s1").aborted()).isEqualTo("no");
        stage.first().end("s1");
    }

    @Test
    void moreThanMaxWaitersAreRefusedAtOnce() {
        Pod narrow = stage.pod(stage.plan().with("max-waiters", "1"));
        narrow.enter("m1", "crowd", "wait");
        narrow.ask("m2", "crowd", "wait");
        narrow.ask("m3", "crowd", "wait");
        String refused = narrow.output().await("busy m").split(" ")[1];
        assertThat(refused).isIn("m2", "m3");

        narrow.end("m1");
        String other = refused.equals("m2") ? "m3" : "m2";
        narrow.entered(other);
        narrow.end(other);
    }

    @Test
    void aStopForAWaitingStreamsIdEndsItsWaitWhicheverPodAsks() {
        stage.first().enter("a1", "stopWaiting", "wait");
        stage.second().ask("a2", "stopWaiting", "wait", "waiting-1");
        Eventually.until("it is stopped", () -> {
            stage.second().query("abort", "waiting-1"); // a Stop from before it entered counts for none
            return !stage.second().output().containing("threw a2").isEmpty();
        });
        assertThat(stage.second().threw("a2")).startsWith("aborted STOPPED waiting-1");

        stage.second().ask("a3", "stopWaiting", "wait", "waiting-2");
        AtomicBoolean marked = new AtomicBoolean();
        Eventually.until("it is stopped from afar", () -> {
            // by turns: a marker that was there before the call counts for none, however often it is set, until it went
            if (marked.getAndSet(!marked.get())) {
                stage.redis().client().del(RedisUnderTest.markerOf("waiting-2"));
            } else {
                stage.first().query("abort", "waiting-2");
            }
            return !stage.second().output().containing("threw a3").isEmpty();
        });
        assertThat(stage.second().threw("a3")).startsWith("aborted STOPPED waiting-2");
        assertThat(stage.first().state("a1").aborted()).isEqualTo("no");
        stage.first().end("a1");
    }
}
