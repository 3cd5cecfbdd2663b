package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Cells;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the cells of publishers are tested with, on the first pod. */
abstract class PublisherCells extends Cells {

    static Stage pods(UnaryOperator<PodPlan> changed) {
        return podsOf("publishers", "publishers.PublisherChats", changed);
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

    void tellSource(String call, String... signals) {
        tellSource(pod(), call, signals);
    }

    void tellWholeAnswer(Kind kind, String call) {
        tellSource(call, kind.whole().toArray(String[]::new));
    }

    String signal(String call) {
        return signal(pod(), call);
    }

    void isTold(String call, String signal) {
        isTold(pod(), call, signal);
    }

    void isCancelled(String call) {
        isCancelled(pod(), call);
    }

    void isNotCancelled(String call) {
        isNotCancelled(pod(), call);
    }

    void stopElsewhere(Told told) {
        stopFrom(stage().second(), told);
    }

    List<String> warnings(String chat) {
        return warnings(pod(), chat);
    }
}
