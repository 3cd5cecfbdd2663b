package dev.chatstream.it.beside;

import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatStreams;
import io.lettuce.core.api.StatefulRedisConnection;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Spans of the application's own around guarded calls: each is named after what becomes of its call. */
final class ManualSpans {

    private final Service service;
    private final StatefulRedisConnection<String, String> redis;

    ManualSpans(Service service, StatefulRedisConnection<String, String> redis) {
        this.service = service;
        this.redis = redis;
    }

    void run() throws Exception {
        TracedApp.say(
                "plain",
                within(
                        "plain",
                        () -> service.answer("c", "plain", () -> redis.sync().get("said"))));
        if (ChatStreams.isAgentActive()) {
            waits();
            staysBusy();
            isStoppedByTheMarker();
            isAFuture();
            isAPublisher();
        }
    }

    private void waits() throws Exception {
        Holder holder = new Holder(service, "d");
        FutureTask<String> call =
                new FutureTask<>(() -> within("granted", () -> service.answer("d", "granted", Service::streamId)));
        Thread thread = Thread.ofPlatform().start(call);
        Holder.awaitWaiting(thread);
        holder.end();
        TracedApp.say("granted", call.get());
    }

    private void staysBusy() throws Exception {
        Holder holder = new Holder(service, "e");
        within("busy", () -> {
            try {
                return service.soon("e", "busy");
            } catch (ChatBusyException busy) {
                TracedApp.say("refused", busy.ownerStreamId().orElse("nobody"));
                return "";
            }
        });
        holder.end();
    }

    /** The poll finds it, on a thread of the agent's. */
    private void isStoppedByTheMarker() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        FutureTask<String> call = new FutureTask<>(() -> within(
                "stopped",
                () -> service.answer("f", "stopped", () -> {
                    entered.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return "never";
                    } catch (InterruptedException stop) {
                        return "interrupted";
                    }
                })));
        Thread.ofPlatform().start(call);
        entered.await();
        redis.sync().set("mothership_stream:stopped:abort", "1");
        TracedApp.say("stopped", call.get());
    }

    /** Its span ends with the future. */
    private void isAFuture() throws Exception {
        Span span = GlobalOpenTelemetry.getTracer("chats").spanBuilder("future").startSpan();
        CompletableFuture<String> over;
        try (Scope scope = span.makeCurrent()) {
            over = service.later("g", "future").handle((text, thrown) -> {
                span.end();
                return thrown.getClass().getSimpleName();
            });
        }
        ChatStreams.abort("future");
        TracedApp.say("future", over.get());
    }

    /** Waits for its chat without holding up the thread, which must not block; its span ends with the stream. */
    private void isAPublisher() throws Exception {
        Holder holder = new Holder(service, "h");
        Span span =
                GlobalOpenTelemetry.getTracer("chats").spanBuilder("publisher").startSpan();
        CompletableFuture<String> over = new CompletableFuture<>();
        CompletableFuture<Disposable> subscribed = new CompletableFuture<>();
        Schedulers.parallel().schedule(() -> {
            try (Scope scope = span.makeCurrent()) {
                subscribed.complete(service.tokens("h", "publisher").subscribe(token -> {}, thrown -> {
                    span.end();
                    over.complete(thrown.getClass().getSimpleName());
                }));
            }
        });
        Disposable reading = subscribed.get(); // it waits by now, and is not to be forgotten
        holder.end();
        while (!"publisher".equals(ChatStreams.owner("h").orElse(""))) {
            Thread.onSpinWait(); // until it has its chat
        }
        ChatStreams.abort("publisher");
        TracedApp.say("publisher", over.get());
        reading.dispose();
    }

    private static String within(String name, Callable<String> body) throws Exception {
        Span span = GlobalOpenTelemetry.getTracer("chats").spanBuilder(name).startSpan();
        try (Scope scope = span.makeCurrent()) {
            return body.call();
        } finally {
            span.end();
        }
    }
}
