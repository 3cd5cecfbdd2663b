package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.AbortReason;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.instrument.FakeEngine.Visit;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream is open until what its method returned is over")
class ShapesTest {

    private final Woven woven = Woven.installed();
    private Object futures = "";

    @BeforeEach
    void create() throws Exception {
        futures = new Application().create("Futures");
    }

    @AfterEach
    void close() {
        woven.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"completable", "stage", "future", "object", "generic"})
    void aCompletableFutureWhateverIsDeclared(String method) throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        assertThat(call(method, future)).isSameAs(future);
        Visit visit = woven.engine.only();
        assertThat(visit.events).containsExactly("hold", "leave");
        future.complete("done");
        assertThat(visit.events).containsExactly("hold", "leave", "released");
    }

    @Test
    void aCompletableFutureThatFails() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        call("completable", future);
        future.completeExceptionally(new IllegalStateException("its own"));
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThatThrownBy(future::get).hasCause(new IllegalStateException("its own"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completable", "stage", "future"})
    void aFutureThatIsOverAlreadyEndsAtOnceAndItsMethodsReturnDoesNotWait(String method) throws Exception {
        call(method, CompletableFuture.completedFuture("done"));
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
    }

    @Test
    void aPlainValueEndsAtOnce() throws Exception {
        assertThat(call("object", "text")).isEqualTo("text");
        assertThat(call("object", null)).isNull();
        assertThat(woven.engine.visits)
                .allSatisfy(visit -> assertThat(visit.events).containsExactly("leave"));
    }

    @Test
    void aFutureThatTellsNobody() throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> "done");
        assertThat(call("future", task)).isSameAs(task);
        Visit visit = woven.engine.only();
        assertThat(visit.events).containsExactly("hold", "leave");
        task.run();
        visit.held.get(30, TimeUnit.SECONDS);
        FutureTask<String> next = new FutureTask<>(() -> "done");
        call("future", next);
        next.run();
        woven.engine.visits.get(1).held.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aStageThatIsNoCompletableFuture() throws Exception {
        CompletableFuture<String> inside = new CompletableFuture<>();
        CompletionStage<?> stage = onlyAStage(inside);
        assertThat(call("stage", stage)).isSameAs(stage);
        Visit visit = woven.engine.only();
        visit.abort(GuardedStream.AbortReason.STOPPED);
        assertThat(inside).isNotDone();
        inside.complete("done");
        assertThat(visit.events).containsExactly("hold", "leave", "released");
    }

    @Test
    void aMinimalStage() throws Exception {
        CompletableFuture<String> inside = new CompletableFuture<>();
        CompletionStage<String> minimal = inside.minimalCompletionStage();
        assertThat(call("stage", minimal)).isSameAs(minimal);
        Visit visit = woven.engine.only();
        visit.abort(GuardedStream.AbortReason.STOPPED);
        assertThat(visit.events).containsExactly("hold", "leave");
        inside.complete("done");
        assertThat(visit.events).containsExactly("hold", "leave", "released");
        assertThat(woven.said()).isEmpty();
    }

    @Nested
    @DisplayName("or until it is aborted:")
    class Aborts {

        @Test
        void aCompletableFutureIsCompletedWithTheApplicationsException() throws Exception {
            CompletableFuture<String> future = new CompletableFuture<>();
            call("completable", future);
            woven.engine.only().abort(GuardedStream.AbortReason.SUPERSEDED);
            Throwable seen = future.handle((result, failure) -> failure).get();
            assertThat(seen)
                    .isInstanceOfSatisfying(ChatAbortedException.class, aborted -> {
                        assertThat(aborted.reason()).isEqualTo(AbortReason.SUPERSEDED);
                        assertThat(aborted.streamId()).isEqualTo("stream");
                    })
                    .hasMessage("The stream of " + Application.SUBJECTS
                            + "Futures#completable(String) was aborted: SUPERSEDED");
            // a ChatAbortedException is a CancellationException, and from JDK 23 on get() wraps these in one of its own
            assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
            assertThat(future).isCancelled();
            assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        }

        @Test
        void aFutureIsCancelled() throws Exception {
            FutureTask<String> task = new FutureTask<>(() -> "done");
            call("future", task);
            woven.engine.only().abort(GuardedStream.AbortReason.STOPPED);
            assertThat(task).isCancelled();
            woven.engine.only().held.get(30, TimeUnit.SECONDS);
        }

        @Test
        void oneThatIsOverKeepsItsResult() throws Exception {
            CompletableFuture<String> future = new CompletableFuture<>();
            call("completable", future);
            future.complete("done");
            woven.engine.only().abort(GuardedStream.AbortReason.STOPPED);
            assertThat(future.get()).isEqualTo("done");
        }
    }

    @Nested
    @DisplayName("or until everybody has forgotten it:")
    class Forgotten {

        @ParameterizedTest
        @ValueSource(strings = {"completable", "stage"})
        void aFuture(String method) throws Exception {
            call(method, new CompletableFuture<>());
            forget(method);
        }

        @Test
        void aTask() throws Exception {
            call("future", new FutureTask<>(() -> "never run"));
            forget("future");
        }

        private void forget(String method) throws Exception {
            futures.getClass().getField("next").set(futures, "");
            Visit visit = woven.engine.only();
            Await.until(() -> {
                System.gc();
                return visit.held.isDone();
            });
            Await.until(() -> !woven.said().isEmpty());
            assertThat(woven.said())
                    .containsExactly(Application.SUBJECTS + "Futures#" + method + "(String) returned a value that"
                            + " everybody forgot before its end: it no longer holds its chat.");
            assertThat(visit.events).containsExactly("hold", "leave", "released");
        }
    }

    @Test
    void aFutureWhoseObservationFailsIsReturnedAndHoldsNothing() throws Exception {
        CompletableFuture<String> refusing = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(
                    java.util.function.BiConsumer<? super String, ? super Throwable> action) {
                throw new IllegalStateException("not observable");
            }
        };
        assertThat(call("completable", refusing)).isSameAs(refusing);
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("is not followed")
                .contains("not observable");
    }

    @Test
    void aTypeThatIsNotFollowedYetIsSaidOnceWhenItIsWoven() throws Exception {
        Object unfollowed = new Application().create("Futures$Unfollowed");
        Application.call(unfollowed, "stream", "c");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("it returns java.lang.AutoCloseable,", "is not followed yet", "detach()");
    }

    @Test
    void aFuturesFailureIsNotTheMethods() throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> {
            throw new IllegalStateException("its own");
        });
        call("future", task);
        task.run();
        woven.engine.only().held.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(task::get).isInstanceOf(ExecutionException.class);
    }

    private static CompletionStage<?> onlyAStage(CompletionStage<?> inside) {
        return (CompletionStage<?>) Proxy.newProxyInstance(
                ShapesTest.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (self, method, arguments) -> method.invoke(inside, arguments));
    }

    private Object call(String method, Object next) throws Exception {
        futures.getClass().getField("next").set(futures, next);
        return Application.call(futures, method, "c");
    }
}
