package dev.chatstream.it.upstream;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** openai-java, over OkHttp. */
class OpenAiUpstreamIT {

    @RegisterExtension
    static final Upstream upstream = Upstream.of("openai", "dev.chatstream.it.apps.openai.OpenAiChats");

    @ParameterizedTest
    @CsvSource({
        "response, virtual",
        "response, platform",
        "stream, virtual",
        "stream, platform",
        "closingStream, virtual",
        "closingStream, platform",
        "async, virtual"
    })
    void aStopOnAnotherPodEndsTheCallOfTheModel(String method, String thread) {
        String call = "talking-" + method + "-" + thread;
        upstream.askAndHear(call, method, thread);

        upstream.stop(call, method).consumerToldByException().modelHasStopped();
        upstream.assertFree(call, method, thread);
    }

    @ParameterizedTest
    @CsvSource({
        "response, virtual",
        "response, platform",
        "stream, virtual",
        "stream, platform",
        "closingStream, virtual",
        "closingStream, platform",
        "async, virtual"
    })
    void aStopEndsTheCallOfAModelThatSaysNothing(String method, String thread) {
        String call = "silent-" + method + "-" + thread;
        upstream.askSilent(upstream.stage().first(), call, method, thread);
        upstream.model().to(call).awaitSaid(3);

        upstream.stop(call, method + ", silent").consumerToldByException().modelHasStopped();
        upstream.assertFree(call, method, thread);
    }

    @ParameterizedTest
    @CsvSource({"blocking, virtual", "blocking, platform", "reading, virtual", "reading, platform"})
    void anInterruptEndsTheCallOfABlockingMethod(String method, String thread) {
        String call = "blocking-" + method + "-" + thread;
        upstream.ask(upstream.stage().first(), call, method, thread, Upstream.ENDLESS);
        upstream.model().to(call).awaitSaid(1);

        upstream.stop(call, method + " on a " + thread + " thread").modelHasStopped();
        upstream.assertFree(call, method, thread);
    }
}
