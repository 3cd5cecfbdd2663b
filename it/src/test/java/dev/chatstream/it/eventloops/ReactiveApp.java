package dev.chatstream.it.eventloops;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.OnBusy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import reactor.blockhound.BlockHound;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Does whatever can be done to guarded publishers, all of it on threads that must not block, and tells which of them did.
 * Lines that begin with {@code app: } are its answers.
 */
public final class ReactiveApp {

    private static final List<String> BLOCKED = new CopyOnWriteArrayList<>();
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private ReactiveApp() {}

    public static void main(String[] arguments) throws Exception {
        BlockHound.builder()
                .loadIntegrations()
                .blockingMethodCallback(method -> BLOCKED.add(method + " in " + stack()))
                .install();
        on(() -> {
            Thread.sleep(1);
            return true;
        });
        say("proof", BLOCKED.size() + " " + BLOCKED.getFirst().contains("Thread.sleep"));
        BLOCKED.clear();
        for (int round = 0; round < 3; round++) {
            String chat = "chat-" + round;
            say("finished", finished(chat));
            say("failed", failed(chat));
            say("cancelled", cancelled(chat));
            say("stopped", stopped(chat));
            say("refused", refused(chat));
            say("waited", waited(chat));
            say("retried", retried(chat));
            say("one", on(() -> ask(chat + "-one", Mono.just("yes"))).block(LONGEST));
            on(() -> answer(chat, Flux.never())); // nobody subscribes
        }
        say("blocked", BLOCKED);
    }

    @ChatStream
    static Flux<Integer> answer(@ChatId String chat, Flux<Integer> model) {
        return model;
    }

    @ChatStream(onBusy = OnBusy.REJECT)
    static Mono<String> ask(@ChatId String chat, Mono<String> model) {
        return model;
    }

    private static Flux<Integer> model() {
        return Flux.range(0, 5).delayElements(Duration.ofMillis(2));
    }

    private static Object finished(String chat) throws Exception {
        Flux<Integer> answer = on(() -> answer(chat, model()));
        return end(answer.doOnNext(number -> ChatStreams.current().ifPresent(ActiveStream::throwIfAborted)));
    }

    private static Object failed(String chat) throws Exception {
        Flux<Integer> broken = model().concatWith(Flux.error(new IllegalStateException("the model broke")));
        return end(on(() -> answer(chat, broken)));
    }

    private static Object cancelled(String chat) throws Exception {
        return end(on(() -> answer(chat, Flux.interval(Duration.ofMillis(2)).map(Long::intValue)))
                .take(3));
    }

    private static Object stopped(String chat) throws Exception {
        Flux<Integer> answer = on(() -> answer(chat + "-stopped", Flux.never()));
        return end(answer.doOnSubscribe(subscription -> later(chat + "-stopped")));
    }

    private static void later(String chat) {
        Disposable unused = Schedulers.parallel()
                .schedulePeriodically(
                        () -> ChatStreams.abortChatAsync(chat).exceptionally(none -> null),
                        100,
                        20,
                        TimeUnit.MILLISECONDS);
    }

    private static Object refused(String chat) throws Exception {
        Disposable first =
                on(() -> answer(chat + "-busy", Flux.<Integer>never()).subscribe());
        awaitOwner(chat + "-busy");
        Object second = end(on(() -> ask(chat + "-busy", Mono.just("no"))));
        on(() -> {
            first.dispose();
            return true;
        });
        return second;
    }

    private static void awaitOwner(String chat) throws InterruptedException {
        while (ChatStreams.owner(chat).isEmpty()) {
            Thread.sleep(5); // on the main thread, which may
        }
    }

    private static Object waited(String chat) throws Exception {
        Flux<Integer> answer = on(() -> answer(chat, model()));
        return end(Flux.merge(answer, answer).count());
    }

    private static Object retried(String chat) throws Exception {
        Flux<Integer> broken = Flux.error(new IllegalStateException("the model broke"));
        return end(on(() -> answer(chat, broken)).retry(2));
    }

    /** Subscribes on such a thread, and waits for the end on one that may. */
    private static Object end(org.reactivestreams.Publisher<?> publisher) {
        return Flux.from(publisher)
                .map(Object.class::cast)
                .subscribeOn(Schedulers.parallel())
                .collectList()
                .map(Object::toString)
                .onErrorResume(failure -> Mono.just(failure.getClass().getSimpleName()))
                .block(LONGEST);
    }

    private static <T> T on(Callable<T> code) {
        return Mono.fromCallable(code).subscribeOn(Schedulers.parallel()).block(LONGEST);
    }

    private static String stack() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(2).limit(25).map(Object::toString).toList())
                .toString();
    }

    private static void say(String what, Object answer) {
        System.out.println("app: " + what + " " + answer);
    }
}
