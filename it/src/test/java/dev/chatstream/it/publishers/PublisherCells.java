package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.SetArgs;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the cells of the table in {@code agent/docs/shapes.md} are tested with. A call, and its chat, are named by the cell. */
abstract class PublisherCells {

    abstract Stage stage();

    static Stage pods(UnaryOperator<PodPlan> changed) {
        return Stage.with(plan -> changed.apply(plan.classPath(Libraries.of("publishers"))
                .mainClass("dev.chatstream.it.apps.publishers.PublisherChats")
                .with("heartbeat", "200ms")));
    }

    Pod pod() {
        return stage().first();
    }

    /** Has a call answered; what its consumer does is said by a word. */
    void ask(String call, String chat, String method, String consumer) {
        pod().tell("ask", call, chat, method, "platform", consumer);
    }

    /** Has a call answered and read, and waits until its source runs, which it does with the lock. */
    Told read(Kind kind, String call) {
        ask(call, call, kind.method(), "read");
        return startedWithTheLock(call);
    }

    /** The source of that call is subscribed to. */
    Told startedWithTheLock(String call) {
        String beginning = "started " + call + " ";
        Told told = Told.of(pod().output().await(beginning).substring(beginning.length()));
        assertThat(told.holdsLock()).as("its lock, by what it sees").isTrue();
        assertThat(stage().holderOf(told.chatId())).as("its lock, in Redis").isEqualTo(told.streamId());
        return told;
    }

    /** The test speaks through the source. */
    void tellSource(String call, String... signals) {
        for (String signal : signals) {
            assertThat(pod().query(signal, call)).isEqualTo(signal + " sent");
        }
    }

    void tellWholeAnswer(Kind kind, String call) {
        tellSource(call, kind.whole().toArray(String[]::new));
    }

    /** The last signal that the consumer got. */
    String signal(String call) {
        String beginning = "signal " + call + " ";
        return pod().output().await(beginning).substring(beginning.length());
    }

    void isCancelled(String call) {
        pod().output().await("cancelled " + call + " ");
    }

    void isNotCancelled(String call) {
        assertThat(pod().output().containing("cancelled " + call + " ")).isEmpty();
    }

    void isTold(String call, String signal) {
        assertThat(signal(call)).isEqualTo(signal);
        assertThat(pod().output().containing("signal " + call + " "))
                .as("told once")
                .hasSize(1);
    }

    void isFree(String chat) {
        stage().awaitHolder(chat, null);
    }

    void stopElsewhere(Told told) {
        assertThat(stage().second().query("abortChat", told.chatId())).isEqualTo("Optional[" + told.streamId() + "]");
    }

    void steal(String chat) {
        stage().redis().client().set(RedisUnderTest.lockOf(chat), "thief", SetArgs.Builder.px(60_000));
    }

    /** Who asks meanwhile, on another pod, is told who answers. */
    void isBusyElsewhere(String chat, Told told) {
        String call = chat + "-other";
        stage().second().tell("ask", call, chat, "rejecting", "platform", "read");
        assertThat(stage().second().busy(call)).isEqualTo(told.streamId());
    }

    List<String> warnings(String chat) {
        return pod().log().containing("WARN").stream()
                .filter(line -> line.contains(chat))
                .toList();
    }
}
