package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own HTTP client. */
class JdkUpstreamIT {

    @RegisterExtension
    static final Upstream upstream = Upstream.of("base", "dev.chatstream.it.apps.JdkChats");

    @ParameterizedTest
    @ValueSource(strings = {"response", "bytes", "lines", "responseOfLines"})
    void aStopOnAnotherPodEndsTheCallOfTheModel(String method) {
        String call = "talking-" + method;
        upstream.ask(upstream.stage().first(), call, method, "virtual", Upstream.ENDLESS);
        assertThat(upstream.stage().first().output().await("heard " + call)).isNotEmpty();

        upstream.stop(call, method).consumerToldByException().modelHasStopped(Stopped.JDK);
        upstream.assertFree(call, method, "virtual");
    }

    @ParameterizedTest
    @ValueSource(strings = {"response", "bytes", "lines", "responseOfLines"})
    void aStopEndsTheCallOfAModelThatSaysNothing(String method) {
        String call = "silent-" + method;
        upstream.askSilent(upstream.stage().first(), call, method, "virtual");
        upstream.model().to(call).awaitSaid(3);

        upstream.stop(call, method + ", silent").consumerToldByException().modelHasStopped(Stopped.JDK);
        assertThat(upstream.model().to(call).said()).isEqualTo(3);
        upstream.assertFree(call, method, "virtual");
    }

    @ParameterizedTest
    @CsvSource({"virtual", "platform"})
    void anInterruptEndsTheCallOfABlockingMethod(String thread) {
        String call = "blocking-" + thread;
        upstream.ask(upstream.stage().first(), call, "blocking", thread, Upstream.ENDLESS);
        upstream.stage().first().output().await("heard " + call);

        Stopped stopped = upstream.stop(call, "blocking on a " + thread + " thread");
        assertThat(stopped.told()).as("the client's own exception").contains("InterruptedException");
        stopped.modelHasStopped(Stopped.JDK);
        upstream.assertFree(call, "blocking", thread);
    }
}
