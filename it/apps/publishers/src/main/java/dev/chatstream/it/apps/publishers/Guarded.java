package dev.chatstream.it.apps.publishers;

import dev.chatstream.ChatStream;
import dev.chatstream.OnBusy;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.Source;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The guarded methods: each type once. */
class Guarded {

    Object call(String method, Call call) {
        return switch (method) {
            case "flux" -> flux(call);
            case "mono" -> mono(call);
            case "flowable" -> flowable(call);
            case "observable" -> observable(call);
            case "single" -> single(call);
            case "maybe" -> maybe(call);
            case "completable" -> completable(call);
            case "multi" -> multi(call);
            case "uni" -> uni(call);
            case "publisher" -> publisher(call);
            case "flow" -> flow(call);
            case "future" -> future(call);
            case "optional" -> optional(call);
            case "object" -> object(call);
            case "generic" -> generic(call, Making::flux);
            case "rejecting" -> rejecting(call);
            case "rejectingMulti" -> rejectingMulti(call);
            case "rejectingUni" -> rejectingUni(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    private static Source entered(Call call) {
        Desk.say("entered", call.getName(), Source.stream());
        return Source.of(call.getName());
    }

    @ChatStream(chatId = "#call.chatId")
    Flux<String> flux(Call call) {
        return Making.flux(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Mono<String> mono(Call call) {
        return Making.mono(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Flowable<String> flowable(Call call) {
        return Making.flowable(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Observable<String> observable(Call call) {
        return Making.observable(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Single<String> single(Call call) {
        return Making.single(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Maybe<String> maybe(Call call) {
        return Making.maybe(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Completable completable(Call call) {
        return Making.completable(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Multi<String> multi(Call call) {
        return Making.multi(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Uni<String> uni(Call call) {
        return Making.uni(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Publisher<String> publisher(Call call) {
        return new OwnPublisher(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Flow.Publisher<String> flow(Call call) {
        return new OwnPublisher.OfFlow(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    CompletableFuture<Flux<String>> future(Call call) {
        Flux<String> flux = Making.flux(entered(call));
        CompletableFuture<Flux<String>> later = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> later.complete(flux));
        return later;
    }

    @ChatStream(chatId = "#call.chatId")
    Optional<Flux<String>> optional(Call call) {
        return Optional.of(Making.flux(entered(call)));
    }

    @ChatStream(chatId = "#call.chatId")
    Object object(Call call) {
        return Making.flux(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    <T> T generic(Call call, Function<Source, T> made) {
        return made.apply(entered(call));
    }

    @ChatStream(chatId = "#call.chatId", onBusy = OnBusy.REJECT)
    Flux<String> rejecting(Call call) {
        return Making.flux(entered(call));
    }

    @ChatStream(chatId = "#call.chatId", onBusy = OnBusy.REJECT)
    Multi<String> rejectingMulti(Call call) {
        return Making.multi(entered(call));
    }

    @ChatStream(chatId = "#call.chatId", onBusy = OnBusy.REJECT)
    Uni<String> rejectingUni(Call call) {
        return Making.uni(entered(call));
    }
}
