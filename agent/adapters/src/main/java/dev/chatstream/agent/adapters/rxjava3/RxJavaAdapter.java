package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;

/** RxJava's five kinds: the caller gets an operator after the method's own, to which the application's plugins apply. */
final class RxJavaAdapter implements Adapter {

    @Override
    public Object follow(Object value, Outlet outlet) {
        Publication publication = outlet.publication();
        return switch (value) {
            case Flowable<?> flowable -> RxJavaPlugins.onAssembly(new GuardedFlowable<>(flowable, publication));
            case Observable<?> observable -> RxJavaPlugins.onAssembly(new GuardedObservable<>(observable, publication));
            case Single<?> single -> RxJavaPlugins.onAssembly(new GuardedSingle<>(single, publication));
            case Maybe<?> maybe -> RxJavaPlugins.onAssembly(new GuardedMaybe<>(maybe, publication));
            default -> RxJavaPlugins.onAssembly(new GuardedCompletable((Completable) value, publication));
        };
    }
}
