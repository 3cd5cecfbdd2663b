package dev.chatstream.it.apps.jdk;

import static dev.chatstream.it.apps.ToldChats.entered;

import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Source;
import dev.chatstream.it.apps.Source.Run;
import dev.chatstream.it.apps.Source.Tap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The guarded methods that return futures: each type once. */
@SuppressWarnings("FutureReturnValueIgnored") // each goes to whoever asked
class Futures {

    Object call(String method, Call call) {
        return switch (method) {
            case "future" -> future(call);
            case "stage" -> stage(call);
            case "minimalStage" -> minimalStage(call);
            case "task" -> task(call);
            case "nested" -> nested(call);
            case "nestedStages" -> nestedStages(call);
            case "optionalFuture" -> optionalFuture(call);
            case "futureStream" -> futureStream(call);
            case "objectFuture" -> objectFuture(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    @ChatStream(chatId = "#call.chatId")
    CompletableFuture<String> future(Call call) {
        return fed(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    CompletionStage<String> stage(Call call) {
        return fed(entered(call));
    }

    /** Nobody but the method's own code can complete it, which an abort reaches by a callback. */
    @ChatStream(chatId = "#call.chatId")
    CompletionStage<String> minimalStage(Call call) {
        CompletableFuture<String> inside = fed(entered(call));
        if (!call.getPrompt().equals("drop")) { // the callback would hold it
            ChatStreams.current().orElseThrow().onAbort(reason -> inside.cancel(false));
        }
        return inside.minimalCompletionStage();
    }

    /** It runs on a thread of its own, which whoever cancels it interrupts. */
    @ChatStream(chatId = "#call.chatId")
    Future<String> task(Call call) {
        Source source = entered(call);
        FutureTask<String> task = new FutureTask<>(() -> new Pull(source).take().orElseThrow());
        if (!call.getPrompt().equals("drop")) { // its thread would hold it
            Thread.ofPlatform().daemon().start(task);
        }
        return task;
    }

    @ChatStream(chatId = "#call.chatId")
    CompletableFuture<CompletableFuture<String>> nested(Call call) {
        CompletableFuture<String> inside = fed(entered(call));
        return later(call, () -> inside);
    }

    @ChatStream(chatId = "#call.chatId")
    CompletionStage<CompletionStage<String>> nestedStages(Call call) {
        CompletionStage<String> inside = fed(entered(call));
        return later(call, () -> inside).minimalCompletionStage();
    }

    @ChatStream(chatId = "#call.chatId")
    Optional<CompletableFuture<String>> optionalFuture(Call call) {
        return Optional.of(fed(entered(call)));
    }

    /** Of a stream, which is followed when it is there. */
    @ChatStream(chatId = "#call.chatId")
    CompletableFuture<Stream<String>> futureStream(Call call) {
        return fed(entered(call), Stream::of);
    }

    @ChatStream(chatId = "#call.chatId")
    Object objectFuture(Call call) {
        return fed(entered(call));
    }

    private static CompletableFuture<String> fed(Source source) {
        return fed(source, token -> token);
    }

    /** Completed by its source, which is let go of when somebody else does. */
    private static <T> CompletableFuture<T> fed(Source source, Function<String, T> result) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Run run = source.run();
        var unused = future.whenComplete((value, failure) -> run.letGo());
        run.begin(Tap.of(token -> future.complete(result.apply(token)), future::completeExceptionally, () -> {}));
        return future;
    }

    /** Done when the test says so to a source of its own. */
    static <T> CompletableFuture<T> later(Call call, Supplier<T> made) {
        CompletableFuture<T> later = new CompletableFuture<>();
        Source.of("future-of-" + call.getName())
                .run()
                .begin(Tap.of(token -> later.complete(made.get()), later::completeExceptionally, () -> {}));
        return later;
    }
}
