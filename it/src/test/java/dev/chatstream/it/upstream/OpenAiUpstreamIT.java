package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** openai-java, over OkHttp, which can only be closed by whoever reads it: from the side, closing hangs or leaks. */
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
    void aStopOnAnotherPodEndsTheCallOfTheModelAtItsNextToken(String method, String thread) {
        String call = "talking-" + method + "-" + thread;
        upstream.askAndHear(call, method, thread);

        upstream.stop(call, method).consumerToldByException().modelHasStopped(Stopped.OKHTTP);
        upstream.assertFree(call, method, thread);
    }

    /** Whoever waits for a token is inside of OkHttp, and is told of the abort with the next token. */
    @ParameterizedTest
    @CsvSource({"response, virtual", "response, platform"})
    void theChatIsFreeThoughTheModelSaysNothingAndTheCallEndsWithTheNextToken(String method, String thread) {
        String call = "silent-" + method + "-" + thread;
        Pod pod = upstream.stage().pod(upstream.plan().with("abort-grace", "300ms"));
        upstream.askSilent(pod, call, method, thread);
        pod.output().await("heard " + call);

        Upstream.Pressed pressed = upstream.pressStop(call, method + ", silent");
        upstream.assertFree(call, method, thread);
        upstream.model().to(call).goOn();
        pressed.told(pod).consumerToldByException().modelHasStopped(Stopped.OKHTTP);
    }

    /** Closed from the side meanwhile, it would go on for good: see agent/docs/upstream.md. */
    @ParameterizedTest
    @CsvSource({"response", "async"})
    void theNextTokenEndsTheCallAlsoAfterALongSilence(String method) throws InterruptedException {
        String call = "long-silent-" + method;
        Pod pod = upstream.stage().pod(upstream.plan().with("abort-grace", "300ms"));
        upstream.askSilent(pod, call, method, "virtual");
        pod.output().await("heard " + call);

        Upstream.Pressed pressed = upstream.pressStop(call, method + ", long silent");
        upstream.assertFree(call, method, "virtual");
        Thread.sleep(1500); // longer than any wait of the agent's for a next element: nothing tells when that is over
        upstream.model().to(call).goOn();
        pressed.told(pod).consumerToldByException().modelHasStopped(Stopped.OKHTTP);
    }

    @Test
    void aConsumerThatIsCalledBackIsToldAtOnceThoughTheModelSaysNothing() {
        String call = "silent-async";
        upstream.askSilent(upstream.stage().first(), call, "async", "virtual");
        upstream.model().to(call).awaitSaid(3);

        Stopped stopped = upstream.stop(call, "async, silent").consumerToldByException();
        upstream.assertFree(call, "async", "virtual");
        upstream.model().to(call).goOn();
        stopped.modelHasStopped(Stopped.OKHTTP);
        assertThat(upstream.signalsOf(call)).as("told once").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"blocking, virtual", "reading, virtual", "reading, platform"})
    void anInterruptEndsTheCallOfABlockingMethod(String method, String thread) {
        String call = "blocking-" + method + "-" + thread;
        upstream.ask(upstream.stage().first(), call, method, thread, Upstream.ENDLESS);
        upstream.model().to(call).awaitSaid(1);

        upstream.stop(call, method + " on a " + thread + " thread").modelHasStopped(Stopped.OKHTTP);
        upstream.assertFree(call, method, thread);
    }

    /** A socket that is read on a platform thread hears no interrupt; OkHttp asks for it only between two reads. */
    @Test
    void anInterruptDoesNotReachACallOnAPlatformThreadThatWaitsForTheWholeAnswerButTheChatIsFree() {
        String call = "blocking-blocking-platform";
        Pod pod = upstream.stage().pod(upstream.plan().with("abort-grace", "300ms"));
        upstream.ask(pod, call, "blocking", "platform", Upstream.ENDLESS);
        Speech speech = upstream.model().to(call);
        speech.awaitSaid(1);

        upstream.pressStop(call, "blocking on a platform thread");
        upstream.assertFree(call, "blocking", "platform");
        speech.awaitSaid(speech.said() + 2);
        assertThat(speech.wasClosedByTheClient()).isFalse();
    }
}
