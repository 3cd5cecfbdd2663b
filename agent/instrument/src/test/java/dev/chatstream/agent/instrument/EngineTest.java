package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatStream;
import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.RecordingJournal;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.instrument.subjects.Methods;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A woven application over the real engine")
class EngineTest {

    private static final GuardSettings SETTINGS = new GuardSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            8,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Duration.ZERO,
            GuardSettings.OnBusy.WAIT,
            GuardSettings.OnLost.ABORT,
            GuardSettings.OnRedisDown.DEGRADE,
            GuardSettings.OnMissingChatId.PASS,
            GuardSettings.Mode.ENFORCE);

    private final RecordingJournal journal = new RecordingJournal();
    private final StreamGuard engine = StreamGuard.start(SETTINGS, null, journal);
    private final AtomicInteger taken = new AtomicInteger();
    private final Weaving weaving = Weaving.install(
                    Woven.INSTRUMENTATION,
                    () -> {
                        taken.incrementAndGet();
                        return engine;
                    },
                    () -> {},
                    journal,
                    new Weaving.Options(true, false))
            .orElseThrow();
    private final URLClassLoader deployment = new URLClassLoader(
            new URL[] {place(ChatStream.class), place(Methods.class)}, ClassLoader.getPlatformClassLoader());
    private Object chat = "";

    @BeforeEach
    void create() throws Exception {
        chat = deployment
                .loadClass(Application.SUBJECTS + "Chat")
                .getConstructor()
                .newInstance();
    }

    @AfterEach
    void close() throws Exception {
        weaving.close();
        engine.shutdown();
        deployment.close();
    }

    @Test
    void seesItsStreamInsideAndNoneOutside() throws Exception {
        assertThat(Application.call(chat, "isActive")).isEqualTo(true);
        assertThat(Application.call(chat, "current")).isEqualTo("none");
        assertThat(taken).as("to answer that, no engine is started").hasValue(0);
        assertThat(answer("c", "s", () -> Application.call(chat, "current"))).isEqualTo("c/s");
        assertThat(Application.call(chat, "current")).isEqualTo("none");
    }

    @Test
    void isRefusedWhileTheChatIsBusyAndLetInAfter() throws Exception {
        Held held = new Held();
        assertThat(Application.call(chat, "owner", "c")).isEqualTo("s1");
        assertThatThrownBy(() -> answer("c", "s2", () -> "not reached"))
                .satisfies(
                        thrown -> assertThat(thrown.getClass().getName()).isEqualTo("dev.chatstream.ChatBusyException"))
                .satisfies(
                        thrown -> assertThat(thrown.getClass().getClassLoader()).isSameAs(deployment));
        held.end();
        assertThat(answer("c", "s3", () -> "done")).isEqualTo("done");
        assertThat(Application.call(chat, "owner", "c")).isEqualTo("nobody");
    }

    @Test
    void joinsFromInside() throws Exception {
        assertThat(answer("c", "s", () -> answer("c", "other", () -> Application.call(chat, "current"))))
                .isEqualTo("c/s");
    }

    @Test
    void holdsItsChatUntilItsFutureIsOver() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        assertThat(Application.call(chat, "later", "c", "s", future)).isSameAs(future);
        assertThat(Application.call(chat, "owner", "c")).isEqualTo("s");
        future.complete("done");
        Await.until(() -> "nobody".equals(Application.call(chat, "owner", "c")));
    }

    @Test
    void holdsItsChatUntilTheFutureOfACallThatJoinedIsOver() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        answer("c", "s", () -> Application.call(chat, "later", "c", "other", future));
        assertThat(Application.call(chat, "owner", "c")).isEqualTo("s");
        future.complete("done");
        Await.until(() -> "nobody".equals(Application.call(chat, "owner", "c")));
    }

    @Test
    void isStoppedByTheIdOfItsStream() throws Exception {
        Held held = new Held();
        Application.call(chat, "stop", "s1");
        assertThatThrownBy(held.call::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InterruptedException.class);
        CompletableFuture<String> future = new CompletableFuture<>();
        Application.call(chat, "later", "d", "s2", future);
        Application.call(chat, "stop", "s2");
        Await.until(future::isDone);
        Throwable seen = future.handle((result, failure) -> failure).get();
        assertThat(seen.getClass().getName()).isEqualTo("dev.chatstream.ChatAbortedException");
        assertThat(seen.getClass().getClassLoader()).isSameAs(deployment);
        Await.until(() -> "nobody".equals(Application.call(chat, "owner", "d")));
    }

    @Test
    void givesItsChatBackWhenItsFutureIsCancelledOrTimesOut() throws Exception {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        Application.call(chat, "later", "c", "s1", cancelled);
        cancelled.cancel(true);
        Await.until(() -> "nobody".equals(Application.call(chat, "owner", "c")));

        CompletableFuture<String> late = new CompletableFuture<>();
        Application.call(chat, "later", "c", "s2", late);
        late.orTimeout(1, TimeUnit.MILLISECONDS);
        Await.until(() -> "nobody".equals(Application.call(chat, "owner", "c")));
        assertThatThrownBy(late::get).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void endsAtOnceAFutureThatItsMethodReturnsAfterItsStop() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Object returned = answer("c", "s", () -> {
            Application.call(chat, "stop", "s");
            return future;
        });
        assertThat(Thread.interrupted()).as("an interrupt that is left behind").isFalse();
        assertThat(returned).isSameAs(future);
        Await.until(future::isDone);
        Throwable seen = future.handle((result, failure) -> failure).get();
        assertThat(seen.getClass().getName()).isEqualTo("dev.chatstream.ChatAbortedException");
        Await.until(() -> "nobody".equals(Application.call(chat, "owner", "c")));
    }

    @Test
    void outlivesItsMethodWhileItIsDetached() throws Exception {
        AutoCloseable detached = (AutoCloseable) answer("c", "s", () -> Application.call(chat, "detach"));
        assertThat(Application.call(chat, "owner", "c")).isEqualTo("s");
        detached.close();
        assertThat(Application.call(chat, "owner", "c")).isEqualTo("nobody");
    }

    /** A call that is inside until it is told to end. */
    private final class Held {
        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final FutureTask<Object> call = new FutureTask<>(() -> answer("c", "s1", () -> {
            inside.countDown();
            end.await();
            return "held";
        }));

        Held() throws InterruptedException {
            Thread.ofPlatform().daemon().start(call);
            inside.await();
        }

        void end() throws Exception {
            end.countDown();
            call.get();
        }
    }

    private @Nullable Object answer(String chatId, String streamId, Callable<?> body) throws Exception {
        return Application.call(chat, "answer", chatId, streamId, body);
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
