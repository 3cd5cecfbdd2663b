package dev.chatstream.agent.adapters.publishers;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Wants everything, and keeps what it is told. */
final class PlainSubscriber implements Subscriber<Object> {

    private final Heard heard;

    PlainSubscriber(Heard heard) {
        this.heard = heard;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        heard.by(subscription::cancel);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object element) {
        heard.next(element);
    }

    @Override
    public void onError(Throwable failure) {
        heard.failed(failure);
    }

    @Override
    public void onComplete() {
        heard.done();
    }
}
