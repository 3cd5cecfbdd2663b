package dev.chatstream.it.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Ports;
import org.junit.jupiter.api.Test;

/** Refusals that nobody in the application handles. */
abstract class RefusalCells extends MvcCells {

    private static void wroteNoError(Pod pod) {
        assertThat(pod.log().containing("Exception")).isEmpty();
        assertThat(pod.log().containing("SEVERE")).isEmpty();
    }

    @Test
    void busyIsAConflictAndNoErrorInTheLog() {
        Visitor holder = visit("emitter", "conflict", "");
        entered("conflict");
        assertThat(visit(stage().second(), "/unhandled?chat=conflict").toTheEnd())
                .contains(" 409 ");
        wroteNoError(stage().second());
        holder.leaves();
        pod().tell("end", "conflict");
        isFree("conflict");
        assertThat(visit(stage().second(), "/unhandled?chat=conflict").toTheEnd())
                .contains(" 200 ", "answered conflict");
    }

    @Test
    void aRedisThatIsNeededAndAwayIsUnavailableServiceAndNoErrorOfTheApplicationInTheLog() {
        Pod alone = stage().launch(stage().plan()
                .with("redis-uri", "redis://127.0.0.1:" + Ports.free())
                .with("on-redis-down", "reject"));
        alone.up();
        assertThat(visit(alone, "/unhandled?chat=alone").toTheEnd()).contains(" 503 ");
        wroteNoError(alone);
    }
}
