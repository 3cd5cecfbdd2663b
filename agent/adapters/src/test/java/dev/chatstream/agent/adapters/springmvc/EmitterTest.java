package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class EmitterTest {

    private final Guarding guarding = Guarding.asConfigured();
    private final List<String> own = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        guarding.close();
    }

    private SseEmitter returned() {
        SseEmitter made = new SseEmitter(1000L);
        assertThat(guarding.<SseEmitter>call(SseEmitter.class, () -> made)).isSameAs(made);
        guarding.isHeld();
        return made;
    }

    private void listen(ResponseBodyEmitter emitter) {
        emitter.onCompletion(() -> own.add("completion"));
        emitter.onTimeout(() -> own.add("timeout"));
        emitter.onError(failure -> own.add("error"));
    }

    private void aborted(AbortReason reason) {
        assertThat(guarding.stream().abortReason()).contains(reason);
    }

    @Test
    void theChatIsHeldUntilTheContainerHasCompletedTheRequest() throws Exception {
        SseEmitter emitter = returned();
        listen(emitter);
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        emitter.send("one");
        emitter.complete();
        guarding.isHeld();
        request.completes();
        guarding.becomesFree();
        assertThat(request.written()).contains("one");
        assertThat(own).containsExactly("completion");
        assertThat(guarding.stream().abortReason()).isEmpty();
    }

    @Test
    void aRequestThatIsCompletedBeforeAnybodyLookedIsSeenAllTheSame() throws Exception {
        SseEmitter emitter = returned();
        Request request = Request.of(emitter);
        emitter.complete();
        request.completes();
        guarding.becomesFree();
    }

    @Test
    void oneThatIsCompleteBeforeSpringHasItHoldsItsChatNoLonger() throws Exception {
        SseEmitter emitter = returned();
        emitter.send("one");
        emitter.complete();
        guarding.becomesFree();
        assertThat(Request.of(emitter).written()).contains("one");
    }

    @Test
    void oneThatIsCompleteWhenItIsReturnedHoldsNothing() throws Exception {
        SseEmitter emitter = new SseEmitter();
        emitter.complete();
        guarding.call(SseEmitter.class, () -> emitter);
        guarding.becomesFree();
    }

    @Test
    void aTimeoutAbortsTheStreamAndTheClientSeesWhatItWouldSeeAnyhow() throws Exception {
        SseEmitter emitter = returned();
        listen(emitter);
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        request.timesOut();
        request.completes();
        guarding.becomesFree();
        aborted(AbortReason.CONSUMER_GONE);
        assertThat(request.result()).isInstanceOf(AsyncRequestTimeoutException.class);
        assertThat(own).containsExactly("timeout", "completion");
    }

    @Test
    void aTimeoutThatTheApplicationEndsItselfIsOneToo() throws Exception {
        SseEmitter emitter = returned();
        emitter.onTimeout(emitter::complete);
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        request.timesOut();
        request.completes();
        guarding.becomesFree();
        aborted(AbortReason.CONSUMER_GONE);
        assertThat(request.result()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatIsGoneAbortsTheStream(boolean isObserved) throws Exception {
        SseEmitter emitter = returned();
        listen(emitter);
        Request request = Request.of(emitter);
        if (isObserved) {
            Request.isObserved(emitter);
        }
        request.fails(new IOException("Connection reset by peer"));
        request.completes();
        guarding.becomesFree();
        aborted(AbortReason.CONSUMER_GONE);
        assertThat(own).containsExactly("error", "completion");
    }

    @Test
    void aFailureOfTheApplicationsOwnAbortsNothing() throws Exception {
        SseEmitter emitter = returned();
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        IOException upstream = new IOException("the model's connection");
        emitter.completeWithError(upstream);
        request.completes();
        guarding.becomesFree();
        assertThat(request.result()).isSameAs(upstream);
        assertThat(guarding.stream().abortReason()).isEmpty();
    }

    @Test
    void itsLockIsKeptUntilTheCallbacksHaveReturned() throws Exception {
        SseEmitter emitter = returned();
        CountDownLatch goOn = new CountDownLatch(1);
        AutoCloseable unused = guarding.stream().onAbort(reason -> {
            try {
                goOn.await();
            } catch (InterruptedException nobodyDoes) {
                own.add("interrupted");
            }
        });
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        request.timesOut();
        request.completes();
        guarding.isHeld();
        goOn.countDown();
        guarding.becomesFree();
        assertThat(own).isEmpty();
    }

    @Test
    void callbacksThatThrowBreakNothing() throws Exception {
        SseEmitter emitter = returned();
        emitter.onCompletion(() -> {
            throw new IllegalArgumentException("own");
        });
        emitter.onTimeout(() -> {
            throw new IllegalArgumentException("own");
        });
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        request.timesOut();
        request.completes();
        guarding.becomesFree();
        aborted(AbortReason.CONSUMER_GONE);
    }

    @Test
    void callbacksThatAreSetWhileItIsBeingSentAreCalledToo() throws Exception {
        SseEmitter emitter = returned();
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        listen(emitter);
        emitter.complete();
        request.completes();
        guarding.becomesFree();
        assertThat(own).containsExactly("completion");
    }

    @Test
    void aStopCompletesItWithTheException() throws Exception {
        SseEmitter emitter = returned();
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        guarding.stop();
        guarding.becomesFree();
        assertThat(request.result())
                .isInstanceOfSatisfying(
                        Guarding.Aborted.class,
                        aborted -> assertThat(aborted.reason).isEqualTo(AbortReason.STOPPED));
        assertThatThrownBy(() -> emitter.send("late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStopBeforeSpringHasItIsWhatSpringFinds() throws Exception {
        SseEmitter emitter = returned();
        guarding.stop();
        guarding.becomesFree();
        assertThat(Request.of(emitter).result()).isInstanceOf(Guarding.Aborted.class);
    }

    @Test
    void aStopUnderCompleteEndsItNormally() throws Exception {
        try (Guarding completing = Guarding.completingOnStop()) {
            SseEmitter emitter = new SseEmitter();
            completing.call(SseEmitter.class, () -> emitter);
            Request request = Request.of(emitter);
            completing.stop();
            completing.becomesFree();
            assertThat(request.result()).isNull();
        }
    }

    @Test
    void oneThatEverybodyForgotLosesItsChatWithAWarning() throws Exception {
        guarding.call(Object.class, SseEmitter::new);
        guarding.isHeld();
        Await.collected("the chat is free", () -> !guarding.isLocked());
        assertThat(guarding.said()).singleElement().asString().contains("Chat#stream", "forgot");
    }

    @Test
    void oneInsideOfAnotherValueIsFollowedToo() throws Exception {
        SseEmitter emitter = new SseEmitter();
        assertThat(guarding.<Optional<SseEmitter>>call(Optional.class, () -> Optional.of(emitter)))
                .containsSame(emitter);
        guarding.isHeld();
        emitter.complete();
        guarding.becomesFree();
    }
}
