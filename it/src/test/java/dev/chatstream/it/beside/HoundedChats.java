package dev.chatstream.it.beside;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.apps.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Guarded methods of every kind on threads that must not block, where BlockHound throws at whatever does. */
public final class HoundedChats {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private HoundedChats() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("install")) {
            BlockHound.install();
        }
        Trial.awaitRedis();
        Trial.say("own", told(HoundedChats::sleeps));
        publishers();
        Trial.say("plain", atLastLocked(() -> plain("plain")) + ", then " + Trial.freed("plain"));
        Trial.say("future", atLastLocked(() -> future("future").join()) + ", then " + Trial.freed("future"));
        Trial.say("asked without blocking", told(() -> {
            ChatStreams.ownersAsync(List.of("of-nobody")).thenAccept(owners -> Trial.say("heard", owners.verified()));
            return "asked";
        }));
        Trial.say("own afterwards", told(HoundedChats::sleeps));
        busy();
    }

    @ChatStream(chatId = "#chat")
    static Flux<String> flux(String chat, Flux<String> model) {
        return model;
    }

    @ChatStream(chatId = "#chat")
    static Mono<String> mono(String chat, Mono<String> model) {
        return model;
    }

    @ChatStream(chatId = "#chat")
    static String plain(String chat) {
        return locked();
    }

    @ChatStream(chatId = "#chat")
    static CompletableFuture<String> future(String chat) {
        return CompletableFuture.completedFuture(locked());
    }

    private static String sleeps() {
        try {
            Thread.sleep(1);
            return "slept";
        } catch (InterruptedException stopped) {
            return "stopped";
        }
    }

    private static String locked() {
        return ChatStreams.current()
                .map(ActiveStream::holdsLock)
                .map(held -> held ? "locked" : "no lock")
                .orElse("unguarded");
    }

    private static void publishers() {
        Flux<String> model = Flux.defer(() -> Flux.just(locked()).delayElements(Duration.ofMillis(1)));
        Trial.say("flux", end(on(() -> flux("flux", model))));
        Trial.say("mono", end(on(() -> mono("mono", Mono.fromCallable(HoundedChats::locked)))));
        Flux<String> sleeping = model.map(text -> sleeps());
        Trial.say("own in a guarded flux", end(on(() -> flux("own", sleeping))));
    }

    /** One holds the chat, and is stopped in the end. */
    private static void busy() throws Exception {
        CompletableFuture<String> held = new CompletableFuture<>();
        Flux<String> model = Flux.<String>never().doOnSubscribe(subscription -> held.complete(""));
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> end(on(() -> flux("busy", model))));
        held.get();
        Trial.say("busy flux", end(on(() -> flux("busy", Flux.just("no")))));
        Trial.say("busy plain", told(() -> plain("busy")));
        Trial.say("busy future", told(() -> future("busy").join()));
        ChatStreams.abortChat("busy");
        Trial.say("stopped", first.get());
        Trial.say("then", Trial.freed("busy"));
    }

    /** On a machine that is busy an attempt of 100 ms may have no answer, which is a call without a lock and nothing else. */
    private static String atLastLocked(Callable<String> code) {
        String last = told(code);
        for (int i = 0; i < 50 && last.equals("no lock"); i++) {
            last = told(code);
        }
        return last;
    }

    private static String told(Callable<String> code) {
        return end(Mono.fromCallable(code));
    }

    /** Subscribed to on a thread that must not block. */
    private static String end(Publisher<String> publisher) {
        return Objects.requireNonNull(Flux.from(publisher)
                .subscribeOn(Schedulers.parallel())
                .onErrorResume(failure -> Mono.just(failure.getClass().getSimpleName()))
                .blockLast(LONGEST));
    }

    private static <T> T on(Callable<T> code) {
        return Objects.requireNonNull(
                Mono.fromCallable(code).subscribeOn(Schedulers.parallel()).block(LONGEST));
    }
}
