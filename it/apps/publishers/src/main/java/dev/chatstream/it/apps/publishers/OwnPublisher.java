package dev.chatstream.it.apps.publishers;

import dev.chatstream.it.apps.Source;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A publisher of the application's own. Its subscribers ask for all at once. */
final class OwnPublisher implements Publisher<String> {

    private final Source source;

    OwnPublisher(Source source) {
        this.source = source;
    }

    @Override
    public void subscribe(Subscriber<? super String> subscriber) {
        Source.Run run = source.run();
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long more) {}

            @Override
            public void cancel() {
                run.letGo();
            }
        });
        run.begin(Source.Tap.of(subscriber::onNext, subscriber::onError, subscriber::onComplete));
    }

    /** The same by the JDK's interfaces. */
    static final class OfFlow implements Flow.Publisher<String> {

        private final Source source;

        OfFlow(Source source) {
            this.source = source;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            Source.Run run = source.run();
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long more) {}

                @Override
                public void cancel() {
                    run.letGo();
                }
            });
            run.begin(Source.Tap.of(subscriber::onNext, subscriber::onError, subscriber::onComplete));
        }
    }
}
