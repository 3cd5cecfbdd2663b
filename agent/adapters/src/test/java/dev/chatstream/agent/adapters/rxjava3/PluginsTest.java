package dev.chatstream.agent.adapters.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Guarding;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Plugins of the application's own see guarded kinds of RxJava:")
class PluginsTest {

    private final Guarding guarding = Guarding.asConfigured();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        RxJavaPlugins.reset();
        guarding.close();
    }

    private <T> T seen(T source) {
        seen.add(source.getClass().getName());
        return source;
    }

    @Test
    void whenTheyAreAssembled() throws Exception {
        RxJavaPlugins.setOnFlowableAssembly(this::seen);
        RxJavaPlugins.setOnObservableAssembly(this::seen);
        RxJavaPlugins.setOnSingleAssembly(this::seen);
        RxJavaPlugins.setOnMaybeAssembly(this::seen);
        RxJavaPlugins.setOnCompletableAssembly(this::seen);
        areWhole();
        assertThat(seen)
                .contains(
                        GuardedFlowable.class.getName(),
                        GuardedObservable.class.getName(),
                        GuardedSingle.class.getName(),
                        GuardedMaybe.class.getName(),
                        GuardedCompletable.class.getName());
    }

    @Test
    void whenTheyAreSubscribedTo() throws Exception {
        RxJavaPlugins.setOnFlowableSubscribe((source, subscriber) -> {
            seen(source);
            return subscriber;
        });
        RxJavaPlugins.setOnSingleSubscribe((source, observer) -> {
            seen(source);
            return observer;
        });
        areWhole();
        assertThat(seen).contains(GuardedFlowable.class.getName(), GuardedSingle.class.getName());
    }

    private void areWhole() throws Exception {
        Flowable<Integer> flowable =
                guarding.call(Flowable.class, () -> Flowable.range(0, 3).map(number -> number));
        assertThat(flowable.observeOn(Schedulers.computation(), false, 1)
                        .toList()
                        .blockingGet())
                .containsExactly(0, 1, 2);
        guarding.becomesFree();
        Observable<Integer> observable = guarding.call(Observable.class, () -> Observable.range(0, 3));
        assertThat(observable.observeOn(Schedulers.computation()).toList().blockingGet())
                .containsExactly(0, 1, 2);
        guarding.becomesFree();
        Single<Integer> single = guarding.call(Single.class, () -> Single.just(0));
        assertThat(single.blockingGet()).isZero();
        guarding.becomesFree();
        Maybe<Integer> maybe = guarding.call(Maybe.class, () -> Maybe.just(0));
        assertThat(Flowable.just(1).flatMapMaybe(one -> maybe).toList().blockingGet())
                .containsExactly(0);
        guarding.becomesFree();
        Completable completable = guarding.call(Completable.class, Completable::complete);
        completable.blockingAwait();
        guarding.becomesFree();
    }
}
