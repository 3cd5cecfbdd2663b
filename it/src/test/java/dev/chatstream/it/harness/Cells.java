package dev.chatstream.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.SetArgs;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the cells of the tables in {@code agent/docs/shapes.md} are tested with, on an application of {@code it/apps} whose
 * sources say what the test tells them to. A call, and its chat, are named by the cell.
 */
public abstract class Cells {

    protected abstract Stage stage();

    protected static Stage podsOf(String application, String mainClass, UnaryOperator<PodPlan> changed) {
        return Stage.with(plan -> changed.apply(plan.classPath(Libraries.of(application))
                .mainClass("dev.chatstream.it.apps." + mainClass)
                .with("heartbeat", "200ms")));
    }

    protected Pod pod() {
        return stage().first();
    }

    /** Has a call answered; what its consumer does is said by a word. */
    protected void ask(Pod pod, String call, String method, String consumer) {
        pod.tell("ask", call, call, method, "platform", consumer);
    }

    /** Has a call answered, and waits until its method's body runs, which it does with the lock. */
    protected Told enter(Pod pod, String call, String method, String consumer) {
        ask(pod, call, method, consumer);
        Told told = pod.entered(call);
        assertThat(told.holdsLock()).as("its lock, by what it sees").isTrue();
        isHeld(call, told);
        return told;
    }

    protected static void isStarted(Pod pod, String call) {
        pod.output().await("started " + call + " ");
    }

    /** The test speaks through the source. */
    protected static void tellSource(Pod pod, String call, String... signals) {
        for (String signal : signals) {
            assertThat(pod.query(signal, call)).isEqualTo(signal + " sent");
        }
    }

    /** Has the consumer of a call do something. */
    protected static void tellConsumer(Pod pod, String call, String what) {
        assertThat(pod.query(what, call)).as(what).isIn("consumed", "read", "cancelled");
    }

    /** The last signal that the consumer got. */
    protected static String signal(Pod pod, String call) {
        String beginning = "signal " + call + " ";
        return pod.output().await(beginning).substring(beginning.length());
    }

    protected static void isTold(Pod pod, String call, String signal) {
        assertThat(signal(pod, call)).isEqualTo(signal);
        assertThat(signals(pod, call)).as("told once").hasSize(1);
    }

    protected static void isToldNothing(Pod pod, String call) {
        assertThat(signals(pod, call)).isEmpty();
    }

    protected static List<String> signals(Pod pod, String call) {
        return pod.output().containing("signal " + call + " ");
    }

    protected static void isCancelled(Pod pod, String call) {
        pod.output().await("cancelled " + call + " ");
    }

    protected static void isNotCancelled(Pod pod, String call) {
        assertThat(pod.output().containing("cancelled " + call + " ")).isEmpty();
    }

    protected void isFree(String chat) {
        stage().awaitHolder(chat, null);
    }

    protected void isHeld(String chat, Told told) {
        assertThat(stage().holderOf(chat)).as("its lock, in Redis").isEqualTo(told.streamId());
    }

    /** Who asks meanwhile, on another pod, is told who answers. */
    protected void isBusyElsewhere(String chat, Told told) {
        String call = chat + "-other";
        stage().second().tell("ask", call, chat, "rejecting", "platform", "read");
        assertThat(stage().second().busy(call)).isEqualTo(told.streamId());
    }

    protected void stopFrom(Pod other, Told told) {
        assertThat(other.query("abortChat", told.chatId())).isEqualTo("Optional[" + told.streamId() + "]");
    }

    protected void steal(String chat) {
        stage().redis().client().set(RedisUnderTest.lockOf(chat), "thief", SetArgs.Builder.px(60_000));
    }

    protected static List<String> warnings(Pod pod, String chat) {
        return pod.log().containing("WARN").stream()
                .filter(line -> line.contains(chat))
                .toList();
    }

    /**
     * Its source and its consumer are both gone: its caller has dropped what it returned. Before that its source may still
     * be asked for, and would be there again.
     */
    protected void isFreeOnceForgotten(Pod pod, String call) {
        assertThat(pod.left(call)).startsWith("dropped");
        assertThat(pod.query("forget", call)).isEqualTo("forget sent");
        Eventually.until("the chat is free", () -> {
            pod.query("collect", "-");
            return stage().holderOf(call) == null;
        });
    }
}
