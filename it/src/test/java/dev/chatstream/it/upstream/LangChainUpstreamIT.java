package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j, over the JDK's HTTP client. */
class LangChainUpstreamIT {

    @RegisterExtension
    static final Upstream upstream = Upstream.of("langchain4j", "dev.chatstream.it.apps.langchain4j.LangChainChats");

    @ParameterizedTest
    @ValueSource(strings = {"assistant", "tokens", "handler"})
    void aStopOnAnotherPodEndsTheCallOfTheModelAtItsNextEvent(String method) {
        String call = "talking-" + method;
        upstream.askAndHear(call, method, "virtual");

        upstream.stop(call, method).consumerToldByException().modelHasStopped(Stopped.JDK);
        upstream.assertFree(call, method, "virtual");
        assertThat(upstream.signalsOf(call)).as("told once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistant", "tokens", "handler"})
    void theConsumerIsToldAtOnceThoughTheModelSaysNothing(String method) {
        String call = "silent-" + method;
        upstream.askSilent(upstream.stage().first(), call, method, "virtual");
        upstream.model().to(call).awaitSaid(3);

        Stopped stopped = upstream.stop(call, method + ", silent").consumerToldByException();
        upstream.assertFree(call, method, "virtual");
        upstream.model().to(call).goOn();
        stopped.modelHasStopped(Stopped.JDK);
        assertThat(upstream.signalsOf(call)).as("told once").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"blocking, virtual", "blocking, platform", "saying, virtual", "saying, platform"})
    void anInterruptEndsTheCallOfABlockingMethod(String method, String thread) {
        String call = "blocking-" + method + "-" + thread;
        upstream.ask(upstream.stage().first(), call, method, thread, Upstream.ENDLESS);
        upstream.model().to(call).awaitSaid(1);

        upstream.stop(call, method + " on a " + thread + " thread").modelHasStopped(Stopped.JDK);
        upstream.assertFree(call, method, thread);
    }
}
