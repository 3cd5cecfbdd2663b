package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Hooks;

/** Consumers of every kind of publisher that do what they should not. */
@ParameterizedClass
@MethodSource("dev.chatstream.agent.adapters.publishers.Kinds#all")
@DisplayName("A returned publisher gives its chat back though its consumer")
class UnrulyConsumersTest {

    private static final class Unruly extends IllegalStateException {
        private static final long serialVersionUID = 1;
    }

    private final Kind<Object> kind;
    private final Upstream upstream = new Upstream();
    private Guarding guarding = Guarding.asConfigured();

    UnrulyConsumersTest(Kinds row) {
        this.kind = row.kind;
    }

    @BeforeEach
    void keepQuietAboutWhatComesTooLate() {
        Hooks.onErrorDropped(late -> {});
        RxJavaPlugins.setErrorHandler(late -> {});
        Infrastructure.setDroppedExceptionHandler(late -> {});
    }

    @AfterEach
    void close() {
        Hooks.resetOnErrorDropped();
        RxJavaPlugins.reset();
        Infrastructure.resetDroppedExceptionHandler();
        guarding.close();
    }

    private void subscribe(Heard heard) throws Exception {
        kind.subscribe(guarding.call(kind.declared(), () -> kind.over(upstream)), heard);
        upstream.awaitSubscriptions(1);
    }

    @Test
    void throwsFromAnElement() throws Exception {
        Assumptions.assumeTrue(kind.arity() != Kind.Arity.NONE);
        subscribe(new Heard() {
            @Override
            void next(Object element) {
                throw new Unruly();
            }
        });
        Upstream.Emitter emitter = upstream.emitter();
        Throwable unused = catchThrowable(() -> emitter.next("a"));
        if (kind.declared().getSimpleName().equals("Publisher")) {
            guarding.stop(); // no library between them that would leave for it
        }
        guarding.becomesFree();
    }

    @Test
    void throwsFromItsLastSignal() throws Exception {
        subscribe(new Heard() {
            @Override
            void done() {
                throw new Unruly();
            }
        });
        Upstream.Emitter emitter = upstream.emitter();
        Throwable unused = catchThrowable(() -> kind.play(emitter));
        guarding.becomesFree();
    }

    @Test
    void throwsWhenItIsToldOfAStop() throws Exception {
        subscribe(new Heard() {
            @Override
            void failed(Throwable failure) {
                throw new Unruly();
            }
        });
        guarding.stop();
        upstream.awaitCancel();
        guarding.becomesFree();
    }

    @Test
    void blocksInAnElementAfterAStopWhenItsGraceIsOverAndTellsItOnce() throws Exception {
        Assumptions.assumeTrue(kind.arity() == Kind.Arity.MANY);
        guarding.close();
        guarding = Guarding.withAbortGrace(Duration.ofMillis(50));
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        Heard blocking = new Heard() {
            @Override
            void next(Object element) {
                inside.complete(true);
                try {
                    Await.latch(goOn);
                } catch (Exception interrupt) {
                    throw new AssertionError(interrupt);
                }
            }
        };
        subscribe(blocking);
        Upstream.Emitter emitter = upstream.emitter();
        Thread source = Thread.startVirtualThread(() -> emitter.next("a"));
        Await.of(inside);
        guarding.stop();
        upstream.awaitCancel();
        guarding.becomesFree();
        Await.until("it is said", () -> guarding.said().stream().anyMatch(line -> line.contains("abort-grace")));
        assertThat(blocking.hasEnded()).as("it hears one signal at a time").isFalse();
        goOn.countDown();
        assertThat(blocking.end().orElseThrow()).isInstanceOf(Guarding.Aborted.class);
        source.join();
        assertThat(blocking.ends()).isEqualTo(1);
    }

    @Test
    void stopsItselfInsideOfAnElement() throws Exception {
        Assumptions.assumeTrue(kind.arity() == Kind.Arity.MANY);
        Heard stopping = new Heard() {
            @Override
            void next(Object element) {
                super.next(element);
                guarding.stop();
                assertThat(hasEnded()).isFalse();
            }
        };
        subscribe(stopping);
        upstream.emitter().next("a");
        assertThat(stopping.end().orElseThrow()).isInstanceOf(Guarding.Aborted.class);
        assertThat(stopping.elements).containsExactly("a");
        guarding.becomesFree();
    }

    @Test
    void leavesInsideOfAnElement() throws Exception {
        Assumptions.assumeTrue(kind.arity() == Kind.Arity.MANY);
        Heard leaving = new Heard() {
            @Override
            void next(Object element) {
                super.next(element);
                cancel();
            }
        };
        subscribe(leaving);
        upstream.emitter().next("a");
        upstream.emitter().next("b");
        upstream.awaitCancel();
        guarding.becomesFree();
        assertThat(leaving.elements).containsExactly("a");
        assertThat(leaving.ends()).isZero();
    }
}
