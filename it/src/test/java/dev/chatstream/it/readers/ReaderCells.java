package dev.chatstream.it.readers;

import dev.chatstream.it.harness.Cells;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;

/** How the cells of what is read are tested. */
abstract class ReaderCells extends Cells {

    static Stage pods() {
        return podsOf("base", "jdk.ShapeChats", plan -> plan).second(plan -> plan.with("on-stop", "complete"));
    }

    /** Has a call answered, and waits until there is something to read. */
    Told begin(Pod pod, Kind kind, String call, String consumer) {
        Told told = enter(pod, call, kind.method, consumer);
        come(pod, kind, call);
        return told;
    }

    void come(Pod pod, Kind kind, String call) {
        if (kind.comesLater()) {
            isStarted(pod, "future-of-" + call);
            tellSource(pod, "future-of-" + call, "value");
        }
        isStarted(pod, call);
    }

    /** The same, whose first token is read. */
    Told read(Pod pod, Kind kind, String call) {
        Told told = begin(pod, kind, call, "read");
        tellSource(pod, call, "next");
        pod.output().await("got " + call + " ");
        return told;
    }

    /** The source goes on until its reader has been told, which most are at their next element. */
    void speaksOnUntilTold(Pod pod, String call) {
        Eventually.until(call + " is told", () -> {
            String unused = pod.query("next", call); // refused once it has been closed
            return !signals(pod, call).isEmpty();
        });
    }

    void isClosed(Pod pod, Kind kind, String call) {
        if (kind.closes()) {
            isCancelled(pod, call);
        }
    }
}
