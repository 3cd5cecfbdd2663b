package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring AI, over openai-java and OkHttp. Its cancel waits for the next token of the model, and nobody may wait for that. */
class SpringAiUpstreamIT {

    @RegisterExtension
    static final Upstream upstream = Upstream.of("spring-ai", "dev.chatstream.it.apps.springai.SpringAiChats");

    @ParameterizedTest
    @ValueSource(strings = {"client", "model"})
    void aStopOnAnotherPodEndsTheCallOfTheModel(String method) {
        String call = "talking-" + method;
        upstream.askAndHear(call, method, "virtual");

        upstream.stop(call, method).consumerToldByException().modelHasStopped(Stopped.OKHTTP);
        upstream.assertFree(call, method, "virtual");
        assertThat(upstream.signalsOf(call)).as("told once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "model"})
    void theConsumerIsToldAtOnceThoughTheModelSaysNothing(String method) {
        String call = "silent-" + method;
        upstream.askSilent(upstream.stage().first(), call, method, "virtual");
        upstream.model().to(call).awaitSaid(3);

        Stopped stopped = upstream.stop(call, method + ", silent").consumerToldByException();
        upstream.assertFree(call, method, "virtual");
        upstream.model().to(call).goOn();
        stopped.modelHasStopped(Stopped.OKHTTP);
    }

    /** Reactor's reader of a Stream waits for an element or an interrupt, and for no cancel. */
    @Test
    void aStopEndsWhoeverReadsAStreamOfTheFlux() {
        String call = "talking-streamOfClient";
        upstream.askAndHear(call, "streamOfClient", "virtual");

        upstream.stop(call, "streamOfClient").consumerToldByException().modelHasStopped(Stopped.OKHTTP);
        upstream.assertFree(call, "streamOfClient", "virtual");
    }

    @ParameterizedTest
    @CsvSource({"blocking, virtual", "collecting, virtual", "collecting, platform"})
    void anInterruptEndsTheCallOfABlockingMethod(String method, String thread) {
        String call = "blocking-" + method + "-" + thread;
        upstream.ask(upstream.stage().first(), call, method, thread, Upstream.ENDLESS);
        upstream.model().to(call).awaitSaid(1);

        upstream.stop(call, method + " on a " + thread + " thread").modelHasStopped(Stopped.OKHTTP);
        upstream.assertFree(call, method, thread);
    }
}
