package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Journal.Level;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What may end a request, at the same time: one release, one outcome. */
class RaceTest {

    private static final int ROUNDS = 50;

    private final Guarding guarding = Guarding.asConfigured();

    @AfterEach
    void end() {
        guarding.close();
    }

    private interface Act {
        void run() throws Exception;
    }

    private static void together(Act... acts) throws Exception {
        CyclicBarrier start = new CyclicBarrier(acts.length);
        List<Thread> threads = java.util.Arrays.stream(acts)
                .map(act -> Thread.ofVirtual().start(() -> {
                    try {
                        start.await();
                        act.run();
                    } catch (Exception refused) {
                        // as what comes too late is
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void isOverOnce() throws Exception {
        guarding.becomesFree();
        assertThat(guarding.journal.lines())
                .noneMatch(line -> line.level() == Level.ERROR || line.level() == Level.WARN);
    }

    @RepeatedTest(ROUNDS)
    void anEmittersCompletionAgainstAStop() throws Exception {
        SseEmitter emitter = new SseEmitter();
        guarding.call(SseEmitter.class, () -> emitter);
        Request request = Request.of(emitter);
        together(
                () -> {
                    emitter.send("one");
                    emitter.complete();
                },
                guarding::stop);
        assertThat(request.result())
                .satisfiesAnyOf(
                        whole -> assertThat(whole).isNull(),
                        cut -> assertThat(cut).isInstanceOf(Guarding.Aborted.class),
                        late -> assertThat(late).isEqualTo("none")); // the abort's own thread is still on its way
        request.completes();
        isOverOnce();
    }

    @RepeatedTest(ROUNDS)
    void anEmittersTimeoutAgainstAnElement() throws Exception {
        SseEmitter emitter = new SseEmitter(10L);
        guarding.call(SseEmitter.class, () -> emitter);
        Request request = Request.of(emitter);
        Request.isObserved(emitter);
        together(
                () -> {
                    emitter.send("one");
                    emitter.send("two");
                },
                () -> {
                    request.timesOut();
                    request.completes();
                });
        assertThat(request.result()).isInstanceOf(AsyncRequestTimeoutException.class);
        isOverOnce();
        assertThat(guarding.stream().abortReason()).contains(AbortReason.CONSUMER_GONE);
    }

    @RepeatedTest(ROUNDS)
    void anEmittersTimeoutAgainstItsCompletionAndAStop() throws Exception {
        SseEmitter emitter = new SseEmitter(10L);
        guarding.call(SseEmitter.class, () -> emitter);
        Request request = Request.of(emitter);
        together(request::timesOut, emitter::complete, guarding::stop);
        request.completes();
        isOverOnce();
        assertThat(request.result())
                .satisfiesAnyOf(
                        whole -> assertThat(whole).isNull(),
                        cut -> assertThat(cut).isInstanceOf(Guarding.Aborted.class),
                        late -> assertThat(late).isInstanceOf(AsyncRequestTimeoutException.class));
    }

    @RepeatedTest(ROUNDS)
    void aDeferredResultAgainstAStopAndATimeoutWhileSpringTakesIt() throws Exception {
        DeferredResult<String> result = new DeferredResult<>(10L);
        StringBuffer own = new StringBuffer();
        result.onCompletion(() -> own.append("completion"));
        guarding.call(DeferredResult.class, () -> result);
        Request request = Request.of(result);
        together(() -> result.setResult("whole"), request::timesOut, guarding::stop);
        request.completes();
        isOverOnce();
        assertThat(own).hasToString("completion");
        assertThat(request.result())
                .satisfiesAnyOf(
                        whole -> assertThat(whole).isEqualTo("whole"),
                        cut -> assertThat(cut).isInstanceOf(Guarding.Aborted.class),
                        late -> assertThat(late).isInstanceOf(AsyncRequestTimeoutException.class));
    }

    @RepeatedTest(ROUNDS)
    void aCallbackThatIsSetWhileTheAgentChainsItsOwnIsNotLost() throws Exception {
        DeferredResult<String> result = new DeferredResult<>();
        StringBuffer own = new StringBuffer();
        Slot<Runnable> slot = Slot.of(DeferredResult.class, "completionCallback", Runnable.class);
        together(
                () -> result.onCompletion(() -> own.append("completion")),
                () -> slot.change(result, theirs -> new Chained.Run(theirs, () -> {})));
        slot.get(result).run();
        assertThat(own).hasToString("completion");
    }
}
