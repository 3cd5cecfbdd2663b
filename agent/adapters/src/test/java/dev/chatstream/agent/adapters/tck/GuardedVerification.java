package dev.chatstream.agent.adapters.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.Test;

/** What the TCK demands of publishers. Each one that it asks for is returned by a guarded method of a chat of its own. */
public final class GuardedVerification extends PublisherVerification<Long> implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 1_000;
    private static final long SILENCE_MILLIS = 30;

    private final Wrapped.Row<Object> row;
    private final Way way;
    private final List<Guarding> chats = new CopyOnWriteArrayList<>();

    GuardedVerification(Wrapped wrapped, Way way) {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS));
        this.row = wrapped.row;
        this.way = way;
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return guarded(
                () -> row.elements().apply(() -> LongStream.range(0, elements).iterator()));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return guarded(() -> row.failed().apply(new IOException("as the rule wants it")));
    }

    private Publisher<Long> guarded(Supplier<Object> method) {
        Guarding chat = Guarding.asConfigured();
        chats.add(chat);
        return row.seen().apply(way.call(chat, row.declared(), method));
    }

    @Override
    public long maxElementsFromPublisher() {
        return row.declared().getSimpleName().equals("Mono") ? 1 : publisherUnableToSignalOnComplete() - 1;
    }

    /** The TCK gives the collector a tenth of a second, which it does not get on a busy machine: the same with a bound of ours. */
    @Override
    @Test
    public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
            throws Throwable {
        Publisher<Long> publisher = createPublisher(3);
        WeakReference<Object> consumer = subscribeAndCancel(publisher);
        Await.collected("the consumer is forgotten", () -> consumer.get() == null);
        assertThat(publisher).isNotNull(); // which is still there
    }

    private static WeakReference<Object> subscribeAndCancel(Publisher<Long> publisher) throws Exception {
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        Subscriber<Long> consumer = new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription mine) {
                subscription.complete(mine);
            }

            @Override
            public void onNext(Long element) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        };
        publisher.subscribe(consumer);
        Subscription mine = Await.of(subscription);
        mine.request(1);
        mine.cancel();
        return new WeakReference<>(consumer);
    }

    @Override
    public void close() {
        chats.forEach(Guarding::close);
    }
}
