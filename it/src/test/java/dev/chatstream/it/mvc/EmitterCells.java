package dev.chatstream.it.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Told;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SseEmitter} and {@code ResponseBodyEmitter}: returned, inside of an entity, given to a method that returns nothing. */
abstract class EmitterCells extends MvcCells {

    /** Of clients that go: what Tomcat tells differs from one to the next. */
    private static final int ROUNDS = 25;

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed"})
    void done(String shape) {
        String call = shape + "-done";
        Visitor visitor = visit(shape, call, "");
        Told told = entered(call);
        pod().tell("word", call, "one");
        visitor.sees("one");
        isHeld(call, told);
        assertThat(visit(stage().second(), "/emitter?call=busy-" + call + "&chat=" + call)
                        .toTheEnd())
                .contains(" 409 ");

        pod().tell("word", call, "two");
        pod().tell("end", call);
        assertThat(visitor.sawItsEnd()).isTrue();
        assertThat(visitor.toTheEnd()).contains("one", "two", shape.equals("entity") ? " 202 " : " 200 ");
        assertThat(visitor.toTheEnd().contains("X-Own: kept")).isEqualTo(shape.equals("entity"));
        assertThat(said("own", call)).isEqualTo("completion");
        isFree(call);
        assertNoWarning(call);
    }

    /** In 6.1 and 7.0 alike Spring calls no callback then. */
    @Test
    void doneBeforeSpringHasIt() {
        Visitor visitor = visit("fast", "fast", "");
        assertThat(visitor.toTheEnd()).contains("all at once");
        isFree("fast");
        assertNoWarning("fast");
    }

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed"})
    void failed(String shape) {
        String call = shape + "-failed";
        Visitor visitor = visit(shape, call, "");
        entered(call);
        pod().tell("word", call, "one");
        visitor.sees("one");
        pod().tell("fail", call);
        assertThat(visitor.sawItsEnd()).isFalse();
        assertThat(said("own", call)).isEqualTo("completion");
        isFree(call);
        assertThat(pod().output().containing("aborted " + call)).isEmpty();
    }

    /** Of the application's own callbacks nothing is said: Tomcat tells them, or not, where it is just starting the request. */
    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed"})
    void clientGone(String shape) {
        for (int round = 0; round < ROUNDS; round++) {
            String call = shape + "-gone" + round;
            Visitor visitor = visit(shape, call, "&callbackWaits=true");
            Told told = entered(call);
            pod().tell("word", call, "one");
            visitor.sees("one").leaves();
            pod().tell("flood", call);
            assertThat(pod().aborted(call)).isEqualTo("CONSUMER_GONE");
            assertThat(said("unsent", call)).isNotEmpty();
            isHeld(call, told);
            pod().tell("callbackEnds", call);
            isFree(call);
        }
    }

    /** There the connection stays, and the stream is reset. */
    @ParameterizedTest
    @ValueSource(strings = {"emitter", "handed"})
    void clientGoneOnHttp2(String shape) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            isReset(shape, shape + "-reset" + round);
        }
    }

    private void isReset(String shape, String call) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + portOf(pod()) + "/" + shape + "?call=" + call + "&chat=" + call);
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
            entered(call);
            pod().tell("word", call, "one");
            HttpResponse<InputStream> response = answer.get();
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            readUntil(response.body(), "one");
            response.body().close();
            pod().tell("flood", call);
            assertThat(pod().aborted(call)).isEqualTo("CONSUMER_GONE");
            isFree(call);
        }
    }

    private static void readUntil(InputStream body, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = body.read();
            assertThat(next).as(seen.toString()).isNotNegative();
            seen.append((char) next);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed"})
    void timedOut(String shape) {
        String call = shape + "-late";
        visit(shape, call, "&timeout=300&callbackWaits=true");
        Told told = entered(call);
        assertThat(pod().aborted(call)).isEqualTo("CONSUMER_GONE");
        assertThat(said("own", call)).isEqualTo("timeout");
        assertThat(said("own", call)).isEqualTo("completion");
        isHeld(call, told);
        pod().tell("callbackEnds", call);
        isFree(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity"})
    void neverConsumed(String shape) {
        String call = shape + "-dropped";
        assertThat(visit("dropped", call, "&shape=" + shape).toTheEnd()).contains("dropped");
        entered(call);
        isFreeOnceCollected(call);
        assertThat(pod().log().awaitContaining("WARN", "everybody forgot")).contains("Chats#" + shape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed"})
    void stopFromAnotherPod(String shape) {
        String call = shape + "-stopped";
        Visitor visitor = visit(shape, call, "");
        Told told = entered(call);
        pod().tell("word", call, "one");
        visitor.sees("one");
        stopElsewhere(told);
        assertThat(pod().aborted(call)).isEqualTo("STOPPED");
        assertThat(visitor.sawItsEnd()).isFalse();
        assertThat(said("own", call)).isEqualTo("completion");
        isFree(call);
        pod().tell("word", call, "late");
        assertThat(said("unsent", call)).contains("has already completed with error", "ChatAbortedException");
    }

    /** The response is begun, and what the handler writes comes after it. */
    @Test
    void anExceptionHandlerOfTheApplicationsIsAskedAsForItsOwnErrors() {
        Visitor visitor = visit("told", "told", "");
        Told told = entered("told");
        pod().tell("word", "told", "one");
        visitor.sees("one");
        stopElsewhere(told);
        assertThat(visitor.toTheEnd()).contains("one", "aborted STOPPED");
        isFree("told");
    }

    @Test
    void stopUnderOnStopComplete() {
        Pod completing = stage().pod(stage().plan().with("on-stop", "complete"));
        Visitor visitor = visit(completing, "/emitter?call=completed&chat=completed");
        Told told = completing.entered("completed");
        completing.tell("word", "completed", "one");
        visitor.sees("one");
        stopElsewhere(told);
        assertThat(visitor.sawItsEnd()).as(visitor.toTheEnd()).isTrue();
        isFree("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"emitter", "entity", "handed"})
    void lockLost(String shape) {
        String call = shape + "-lost";
        Visitor visitor = visit(shape, call, "");
        entered(call);
        pod().tell("word", call, "one");
        visitor.sees("one");
        steal(call);
        assertThat(pod().aborted(call)).isEqualTo("LOCK_LOST");
        assertThat(visitor.sawItsEnd()).isFalse();
        assertThat(said("own", call)).isEqualTo("completion");
        assertThat(stage().holderOf(call)).isEqualTo("thief");
    }

    /** A method that feeds what it was given is a member of the stream for as long as it runs. */
    @Test
    void theMethodThatFeedsItIsInterruptedWhenItsClientIsGoneForTooLong() {
        visit("given", "feeding", "&timeout=300");
        pod().entered("feeding"); // nobody knows how long it holds its lock
        assertThat(pod().aborted("feeding")).isEqualTo("CONSUMER_GONE");
        assertThat(said("ran", "feeding")).isEqualTo("interrupted");
        assertThat(pod().left("feeding")).contains("IllegalStateException");
        isFree("feeding");
    }

    @Test
    void theMethodThatFeedsItIsInterruptedByAStop() {
        Visitor visitor = visit("given", "fed", "");
        Told told = entered("fed");
        pod().tell("word", "fed", "one");
        visitor.sees("one");
        stopElsewhere(told);
        assertThat(said("ran", "fed")).isEqualTo("interrupted");
        assertThat(visitor.sawItsEnd()).isFalse();
        isFree("fed");
    }

    @Test
    void whatTheMethodThrowsEndsTheStreamThoughNobodyCompletesWhatItWasGiven() {
        visit("given", "throwing", "");
        entered("throwing");
        pod().tell("fail", "throwing");
        assertThat(pod().left("throwing")).contains("own");
        isFree("throwing");
    }
}
