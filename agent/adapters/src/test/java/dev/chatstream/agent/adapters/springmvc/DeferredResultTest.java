package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.context.request.async.DeferredResult;

class DeferredResultTest {

    private final Guarding guarding = Guarding.asConfigured();
    private final List<String> own = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        guarding.close();
    }

    private DeferredResult<String> returned(DeferredResult<String> made) {
        assertThat(guarding.<DeferredResult<String>>call(DeferredResult.class, () -> made))
                .isSameAs(made);
        guarding.isHeld();
        return made;
    }

    private void listen(DeferredResult<String> result) {
        result.onCompletion(() -> own.add("completion"));
        result.onTimeout(() -> own.add("timeout"));
        result.onError(failure -> own.add("error"));
    }

    @Test
    void theChatIsHeldUntilTheRequestIsComplete() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>());
        listen(result);
        Request request = Request.of(result);
        Request.isObserved(result);
        assertThat(result.setResult("whole")).isTrue();
        guarding.isHeld();
        request.completes();
        guarding.becomesFree();
        assertThat(request.result()).isEqualTo("whole");
        assertThat(own).containsExactly("completion");
    }

    @Test
    void oneThatIsSetBeforeSpringHasItHoldsItsChatNoLonger() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>());
        result.setErrorResult(new IllegalStateException("own"));
        guarding.becomesFree();
        assertThat(guarding.stream().abortReason()).isEmpty();
        assertThat(Request.of(result).result()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneThatIsSetBeforeAnybodyLookedIsSeenAllTheSame() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>());
        Request.of(result).completes();
        guarding.becomesFree();
    }

    @Test
    void oneThatIsSetAndCollectedBeforeAnybodyLookedIsNotOneThatEverybodyForgot() throws Exception {
        returned(new DeferredResult<>()).setResult("whole");
        Await.collected("the chat is free", () -> !guarding.isLocked());
        assertThat(guarding.said()).isEmpty();
    }

    /** The application takes the one slot that there is; what comes of that is the agent's to live with. */
    @Test
    void callbacksThatAreSetLaterTakeTheAgentsPlaceAndTheResultIsItsEnd() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>());
        Request request = Request.of(result);
        Request.isObserved(result);
        listen(result);
        result.setResult("whole");
        guarding.becomesFree();
        request.completes();
        assertThat(own).containsExactly("completion");
    }

    @Test
    void aTimeoutAbortsTheStreamAndTheClientSeesWhatItWouldSeeAnyhow() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>(10L));
        listen(result);
        Request request = Request.of(result);
        Request.isObserved(result);
        request.timesOut();
        request.completes();
        guarding.becomesFree();
        assertThat(guarding.stream().abortReason()).contains(AbortReason.CONSUMER_GONE);
        assertThat(request.result()).isInstanceOf(AsyncRequestTimeoutException.class);
        assertThat(own).containsExactly("timeout", "completion");
    }

    @Test
    void aTimeoutWithAResultOfItsOwnIsOneToo() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>(10L, "nothing yet"));
        Request request = Request.of(result);
        Request.isObserved(result);
        request.timesOut();
        request.completes();
        guarding.becomesFree();
        assertThat(guarding.stream().abortReason()).contains(AbortReason.CONSUMER_GONE);
        assertThat(request.result()).isEqualTo("nothing yet");
    }

    @Test
    void callbacksThatThrowBreakNothing() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>(10L));
        result.onTimeout(() -> {
            throw new IllegalArgumentException("own");
        });
        result.onCompletion(() -> {
            throw new IllegalArgumentException("own");
        });
        Request request = Request.of(result);
        Request.isObserved(result);
        request.timesOut();
        request.completes();
        guarding.becomesFree();
        assertThat(guarding.stream().abortReason()).contains(AbortReason.CONSUMER_GONE);
    }

    @Test
    void aStopIsItsErrorResult() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>());
        Request request = Request.of(result);
        Request.isObserved(result);
        guarding.stop();
        guarding.becomesFree();
        assertThat(request.result()).isInstanceOf(Guarding.Aborted.class);
        assertThat(result.setResult("late")).isFalse();
    }

    @Test
    void aStopBeforeSpringHasItIsWhatSpringFinds() throws Exception {
        DeferredResult<String> result = returned(new DeferredResult<>());
        guarding.stop();
        guarding.becomesFree();
        assertThat(Request.of(result).result()).isInstanceOf(Guarding.Aborted.class);
    }

    @Test
    void oneThatEverybodyForgotLosesItsChatWithAWarning() throws Exception {
        guarding.call(Object.class, () -> new DeferredResult<String>());
        guarding.isHeld();
        Await.collected("the chat is free", () -> !guarding.isLocked());
        assertThat(guarding.said()).singleElement().asString().contains("Chat#stream", "forgot");
    }
}
