package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import reactor.core.scheduler.NonBlocking;

/** One kind of publisher, over a source that the test talks to. */
abstract class Published {

    final Kind<Object> kind;
    final Upstream upstream = new Upstream();
    final Heard heard = new Heard();
    Guarding guarding = Guarding.asConfigured();

    Published(Kinds row) {
        this.kind = row.kind;
    }

    @AfterEach
    void close() {
        guarding.close();
    }

    Object returned() {
        return guarding.call(kind.declared(), () -> kind.over(upstream));
    }

    Object returnedBy(Guarding other) {
        guarding.close();
        guarding = other;
        return returned();
    }

    void isSubscribedTo(Object publisher) throws Exception {
        kind.subscribe(publisher, heard);
        upstream.awaitSubscriptions(1);
        guarding.isHeld();
        assertThat(heard.hasEnded()).isFalse();
    }

    /** Runs it on a thread that must not block. */
    static <T> T onAnEventLoop(Supplier<T> code) throws Exception {
        class EventLoop extends Thread implements NonBlocking {
            final CompletableFuture<T> result = new CompletableFuture<>();

            @Override
            public void run() {
                try {
                    result.complete(code.get());
                } catch (Throwable thrown) {
                    result.completeExceptionally(thrown);
                }
            }
        }
        EventLoop loop = new EventLoop();
        loop.start();
        return Await.of(loop.result);
    }
}
