package dev.chatstream.it.upstream;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring's WebClient, over Reactor Netty; subscribed to on a thread that may block and on one that must not. */
class WebClientUpstreamIT {

    @RegisterExtension
    static final Upstream upstream = Upstream.of("webflux", "dev.chatstream.it.apps.webflux.WebFluxChats");

    @ParameterizedTest
    @ValueSource(strings = {"here", "parallel"})
    void aStopOnAnotherPodEndsTheCallOfTheModel(String thread) {
        String call = "talking-" + thread;
        upstream.askAndHear(call, thread, "virtual");

        upstream.stop(call, thread).consumerToldByException().modelHasStopped(Stopped.JDK);
        upstream.assertFree(call, thread, "virtual");
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "parallel"})
    void aStopEndsTheCallOfAModelThatSaysNothing(String thread) {
        String call = "silent-" + thread;
        upstream.askSilent(upstream.stage().first(), call, thread, "virtual");
        upstream.model().to(call).awaitSaid(3);

        upstream.stop(call, thread + ", silent").consumerToldByException().modelHasStopped(Stopped.JDK);
        upstream.assertFree(call, thread, "virtual");
    }
}
