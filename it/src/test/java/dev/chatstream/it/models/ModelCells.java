package dev.chatstream.it.models;

import dev.chatstream.it.harness.Cells;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Told;

/** How the cells of clients of models are tested: over HTTP, from a source in the same pod. */
abstract class ModelCells extends Cells {

    static String aborted(String reason) {
        return "aborted " + reason + " by dev.chatstream.ChatAbortedException";
    }

    /** Has a call answered, and waits until its source runs. */
    Told begin(Pod pod, String method, String call, String consumer) {
        Told told = enter(pod, call, method, consumer);
        isStarted(pod, call);
        return told;
    }

    /** The same, whose first token is heard. */
    Told hear(Pod pod, String method, String call) {
        Told told = begin(pod, method, call, "read");
        tellSource(pod, call, "next");
        pod.output().await("got " + call + " ");
        return told;
    }

    /** The source goes on until its consumer has been told. */
    static void speaksOnUntilTold(Pod pod, String call) {
        Eventually.until(call + " is told", () -> {
            String unused = pod.query("next", call); // refused once it has been closed
            return !signals(pod, call).isEmpty();
        });
    }

    /** The source goes on until its client has closed the connection. */
    static void isCancelledAtItsNextElement(Pod pod, String call) {
        Eventually.until(call + " is cancelled", () -> {
            String unused = pod.query("next", call); // refused once it has been closed
            return !pod.output().containing("cancelled " + call + " ").isEmpty();
        });
    }

    /** What its consumer is told of a broken connection where nothing is guarded. */
    String failedWithout(String call, String plain) {
        ask(pod(), call, plain, "read");
        isStarted(pod(), call);
        tellSource(pod(), call, "next", "fail");
        return signal(pod(), call);
    }
}
