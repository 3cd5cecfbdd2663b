package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.vertx.core.impl.VertxThread;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which threads must not block. */
class EventLoopsTest {

    private static boolean isEventLoop(Function<Runnable, Thread> made) {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        made.apply(() -> seen.complete(EventLoops.isHere())).start();
        return Actor.await(seen);
    }

    @Test
    void aThreadOfTheJdkMayBlock() {
        assertThat(isEventLoop(Thread::new)).isFalse();
    }

    @Test
    void aThreadOfNettysMustNotWhereItSaysSo() {
        assertThat(isEventLoop(FastThreadLocalThread::new)).isTrue();
        assertThat(isEventLoop(task -> new FastThreadLocalThread(task) {
                    @Override
                    public boolean permitBlockingCalls() {
                        return true;
                    }
                }))
                .isFalse();
    }

    @Test
    void aWorkerOfVertxMayBlockThoughItsThreadDoesNotTellNetty() {
        assertThat(isEventLoop(task -> new VertxThread(task, true))).isFalse();
        assertThat(isEventLoop(task -> new VertxThread(task, false))).isTrue();
    }
}
