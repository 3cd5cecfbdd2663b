package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Code that Spring MVC runs: {@code Callable} and {@code StreamingResponseBody}. */
class BodyTest {

    private final Guarding guarding = Guarding.asConfigured();

    @AfterEach
    void end() {
        guarding.close();
    }

    private <T> Callable<T> callable(Callable<T> body) {
        Callable<T> returned = guarding.call(Callable.class, () -> body);
        guarding.isHeld();
        return returned;
    }

    private static <T> FutureTask<T> running(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().start(task);
        return task;
    }

    @Test
    void aCallableRunsInsideItsStreamWhichEndsWithIt() throws Exception {
        Callable<String> callable = callable(() -> guarding.guard.current().streamId());
        assertThat(callable.call()).isEqualTo(guarding.stream().streamId());
        assertThat(guarding.guard.current()).as("afterwards").isNull();
        guarding.becomesFree();
    }

    @Test
    void aBodyWritesThroughWhatSpringGivesIt() throws Exception {
        StreamingResponseBody body = guarding.call(StreamingResponseBody.class, () ->
                (StreamingResponseBody) out -> out.write("whole".getBytes(StandardCharsets.UTF_8)));
        OutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        assertThat(out).hasToString("whole");
        guarding.becomesFree();
    }

    @Test
    void whatItThrowsComesOutAsItIs() throws Exception {
        IOException own = new IOException("own");
        StreamingResponseBody body = guarding.call(StreamingResponseBody.class, () -> (StreamingResponseBody) out -> {
            throw own;
        });
        assertThatThrownBy(() -> body.writeTo(OutputStream.nullOutputStream())).isSameAs(own);
        guarding.becomesFree();
    }

    @Test
    void itKeepsItsOtherInterfaces() throws Exception {
        class Both implements Callable<String>, Supplier<String> {
            @Override
            public String call() {
                return "called";
            }

            @Override
            public String get() {
                return "got";
            }
        }
        Callable<String> callable = callable(new Both());
        assertThat(callable).isInstanceOf(Supplier.class).isNotInstanceOf(Both.class);
        assertThat(callable.call()).isEqualTo("called");
    }

    @Test
    void aStopInterruptsTheThreadThatRunsIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        FutureTask<String> run = running(callable(() -> {
            try {
                inside.countDown();
                new CountDownLatch(1).await();
                return "finished";
            } catch (InterruptedException interrupt) {
                return "woken";
            }
        }));
        inside.await();
        guarding.stop();
        assertThat(run.get()).as("what it returns then is its own").isEqualTo("woken");
        guarding.becomesFree();
    }

    @Test
    void aStopBeforeItRunsIsWhatItsCallerGets() {
        Callable<String> callable = callable(() -> {
            throw new AssertionError("it runs");
        });
        guarding.stop();
        assertThatThrownBy(callable::call)
                .isInstanceOfSatisfying(
                        Guarding.Aborted.class,
                        aborted -> assertThat(aborted.reason).isEqualTo(AbortReason.STOPPED));
    }

    @Test
    void oneThatIsRunAgainTakesItsChatAnewInItsTurn() throws Exception {
        Callable<String> callable = callable(() -> guarding.isLocked() ? "held" : "not held");
        assertThat(callable.call()).isEqualTo("held");
        guarding.becomesFree();
        Entry.Entered other = guarding.occupy();
        FutureTask<String> again = running(callable);
        assertThat(again).isNotDone();
        other.leave();
        assertThat(again.get()).isEqualTo("held");
        guarding.becomesFree();
    }

    @Test
    void aWaitForItsChatIsEndedByAnInterrupt() throws Exception {
        Callable<String> callable = callable(() -> "run");
        callable.call();
        guarding.becomesFree();
        Entry.Entered other = guarding.occupy();
        CompletableFuture<Boolean> flagged = new CompletableFuture<>();
        Thread again = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(callable::call).isInstanceOf(Guarding.Aborted.class);
            flagged.complete(Thread.currentThread().isInterrupted());
        });
        assertThat(Await.of(flagged)).isTrue();
        again.join();
        other.leave();
    }

    @Test
    void oneThatNobodyRunsGivesItsChatBackAndTakesItAnewWhereItIsRunLater() throws Exception {
        try (Guarding impatient = Guarding.withSubscribeTimeout(Duration.ofMillis(200))) {
            Callable<Boolean> callable = impatient.call(Callable.class, () -> (Callable<Boolean>) impatient::isLocked);
            impatient.isHeld();
            impatient.becomesFree();
            assertThat(callable.call()).isTrue();
            impatient.becomesFree();
            assertThat(impatient.said()).singleElement().asString().contains("Chat#stream");
        }
    }

    /** A class that the caller may name is not stood for where it is not known what the caller needs. */
    @Test
    void aPublicClassIsLeftAloneWhereTheMethodDeclaresNothing() {
        Visible visible = new Visible();
        assertThat(guarding.<Object>call(Object.class, () -> visible)).isSameAs(visible);
    }

    public static final class Visible implements Callable<String>, Closeable {
        @Override
        public String call() {
            return "called";
        }

        @Override
        public void close() {}
    }
}
