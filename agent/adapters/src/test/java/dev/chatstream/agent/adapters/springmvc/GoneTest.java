package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Emitters whose client is gone, under a container that tells nobody, or not all: as Tomcat does where it starts a request. */
class GoneTest {

    private final Guarding guarding = Guarding.asConfigured();
    private final SseEmitter emitter = new SseEmitter(1000L);
    private final Request request = new Request();

    @AfterEach
    void end() {
        guarding.close();
    }

    private void isReturned() {
        guarding.call(SseEmitter.class, () -> emitter);
        guarding.isHeld();
    }

    private void isSent(boolean isObserved) throws Exception {
        isReturned();
        request.isGiven(emitter);
        if (isObserved) {
            Request.isObserved(emitter);
        }
    }

    private void isFreeSinceTheClientIsGone() throws Exception {
        guarding.becomesFree();
        assertThat(guarding.stream().abortReason()).contains(AbortReason.CONSUMER_GONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSendThatFailsTellsIt(boolean isObserved) throws Exception {
        isSent(isObserved);
        emitter.send("one");
        request.clientLeaves();
        assertThatThrownBy(() -> emitter.send("two"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Connection reset by peer");
        isFreeSinceTheClientIsGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsNoNormalEndThatTheCodeCompletesItAfterThat(boolean isObserved) throws Exception {
        isSent(isObserved);
        request.clientLeaves();
        assertThatThrownBy(() -> emitter.send("one")).isInstanceOf(IOException.class);
        emitter.complete();
        isFreeSinceTheClientIsGone();
    }

    /** Then Spring never registers its callbacks. */
    @Test
    void whatWasSentBeforeSpringHadItTellsItToo() throws Exception {
        isReturned();
        emitter.send("one");
        request.clientLeaves();
        assertThatThrownBy(() -> request.isGiven(emitter)).isInstanceOf(IOException.class);
        isFreeSinceTheClientIsGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theContainersErrorTellsItThoughTheRequestIsNeverCompleted(boolean isObserved) throws Exception {
        isSent(isObserved);
        request.fails(new IOException("Connection reset by peer"));
        isFreeSinceTheClientIsGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTimeoutTellsItThoughTheRequestIsNeverCompleted(boolean isObserved) throws Exception {
        isSent(isObserved);
        request.timesOut();
        isFreeSinceTheClientIsGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCompleteHoldsItsChatNoLongerThoughTheRequestIsNeverCompleted(boolean isObserved) throws Exception {
        isSent(isObserved);
        emitter.send("one");
        emitter.complete();
        guarding.isHeld();
        guarding.becomesFree();
        assertThat(guarding.stream().abortReason()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsNoClientThatIsGone() throws Exception {
        isSent(true);
        assertThatThrownBy(() -> emitter.send(new Object())).isInstanceOf(IllegalStateException.class);
        guarding.isHeld();
        emitter.send("one");
        emitter.complete();
        request.completes();
        guarding.becomesFree();
        assertThat(request.written()).contains("one");
        assertThat(guarding.stream().abortReason()).isEmpty();
    }
}
