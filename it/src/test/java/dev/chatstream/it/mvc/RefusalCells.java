package dev.chatstream.it.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Ports;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions of the API's that nobody in the application handles. */
abstract class RefusalCells extends MvcCells {

    /** About what a server's library does. */
    private static final String OF_THE_JVM = "WARNING: .*(sun\\.misc\\.Unsafe|to the maintainers of).*";

    /** What is in the line that the server writes of an exception that nobody handles. */
    String[] written() {
        return new String[] {"SEVERE", "ChatAbortedException"};
    }

    private static void wroteNoError(Pod pod) {
        assertThat(pod.log().all())
                .filteredOn(line -> !line.startsWith("[chatstream] ") && !line.matches(OF_THE_JVM))
                .noneMatch(line -> line.matches("(?s).*(Exception|SEVERE|WARN|ERROR).*"));
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

    @ParameterizedTest
    @ValueSource(strings = {"asking", "askingCallable", "future", "unhandledDeferred"})
    void aStopBeforeTheResponseHasBegunIsAConflictAndNoErrorInTheLog(String shape) {
        String call = shape + "-stopped";
        Visitor visitor = visit(shape, call, "");
        stopElsewhere(entered(call));
        assertThat(visitor.toTheEnd()).contains(" 409 ");
        isFree(call);
        wroteNoError(pod());
    }

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed", "askingBody"})
    void aStopAfterTheResponseHasBegunCutsItOffAndIsNoErrorInTheLog(String shape) {
        String call = shape + "-cut";
        Visitor visitor = visit(shape, call, "");
        Told told = entered(call);
        pod().tell("word", call, "one");
        visitor.sees("one");
        stopElsewhere(told);
        assertThat(visitor.sawItsEnd()).as(visitor.toTheEnd()).isFalse();
        isFree(call);
        wroteNoError(pod());
    }

    /** Nobody wanted that: the server says what it says of any exception, and nothing beside it. */
    @Test
    void aLostLockAfterTheResponseHasBegunIsSaid() {
        Pod losing = stage().pod();
        Visitor visitor = visit(losing, "/emitter?call=losing&chat=losing");
        losing.entered("losing");
        losing.tell("word", "losing", "one");
        visitor.sees("one");
        steal("losing");
        assertThat(visitor.sawItsEnd()).isFalse();
        losing.log().awaitContaining(written());
        assertThat(losing.log().containing("Failure while trying to resolve")).isEmpty();
    }
}
