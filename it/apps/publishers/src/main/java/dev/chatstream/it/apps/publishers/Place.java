package dev.chatstream.it.apps.publishers;

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import reactor.core.scheduler.Schedulers;

/** Where a call is made. */
enum Place {
    /** On the thread of the call itself. */
    HERE {
        @Override
        <T> T get(Callable<T> what) throws Exception {
            return what.call();
        }
    },
    /** On an event loop of Vert.x. */
    LOOP {
        @Override
        <T> T get(Callable<T> what) throws Exception {
            CompletableFuture<T> done = new CompletableFuture<>();
            OnVertx.VERTX.getOrCreateContext().runOnContext(here -> complete(done, what));
            return outcome(done);
        }
    },
    /** On a worker of Vert.x. */
    WORKER {
        @Override
        <T> T get(Callable<T> what) throws Exception {
            CompletableFuture<T> done = new CompletableFuture<>();
            var unused = OnVertx.VERTX.executeBlocking(() -> {
                complete(done, what);
                return "done";
            });
            return outcome(done);
        }
    },
    /** On a thread that Reactor marks as not to be blocked. */
    PARALLEL {
        @Override
        <T> T get(Callable<T> what) throws Exception {
            CompletableFuture<T> done = new CompletableFuture<>();
            var unused = Schedulers.parallel().schedule(() -> complete(done, what));
            return outcome(done);
        }
    };

    /** Started when a test needs it. */
    private static final class OnVertx {
        static final Vertx VERTX = Vertx.vertx();
    }

    abstract <T> T get(Callable<T> what) throws Exception;

    private static <T> T outcome(CompletableFuture<T> done) throws Exception {
        try {
            return done.get();
        } catch (ExecutionException thrown) {
            throw thrown.getCause() instanceof Exception own ? own : thrown;
        }
    }

    private static <T> void complete(CompletableFuture<T> done, Callable<T> what) {
        try {
            done.complete(what.call());
        } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
        }
    }
}
