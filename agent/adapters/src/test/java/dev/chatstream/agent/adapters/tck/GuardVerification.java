package dev.chatstream.agent.adapters.tck;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.adapters.Guarding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** What the TCK demands of subscribers: here of the one that a guard is to its source, before a consumer that obeys. */
public final class GuardVerification extends SubscriberWhiteboxVerification<Long> implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 1_000;
    private static final long SILENCE_MILLIS = 30;

    private final List<Guarding> chats = new CopyOnWriteArrayList<>();

    GuardVerification() {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS, false));
    }

    @Override
    public Subscriber<Long> createSubscriber(WhiteboxSubscriberProbe<Long> probe) {
        Guarding chat = Guarding.asConfigured();
        chats.add(chat);
        AtomicReference<Subscriber<Long>> guard = new AtomicReference<>();
        Publisher<Long> source = asked -> guard.set(of(asked));
        Publisher<Long> guarded = chat.call(Publisher.class, () -> source);
        guarded.subscribe(new Probed(probe));
        return guard.get();
    }

    @SuppressWarnings("unchecked") // it takes these too
    private static Subscriber<Long> of(Subscriber<?> subscriber) {
        return (Subscriber<Long>) subscriber;
    }

    @Override
    public Long createElement(int element) {
        return (long) element;
    }

    @Override
    public void close() {
        chats.forEach(Guarding::close);
    }

    /** Tells the TCK of everything. */
    private record Probed(WhiteboxSubscriberProbe<Long> probe) implements Subscriber<Long> {
        @Override
        public void onSubscribe(Subscription subscription) {
            probe.registerOnSubscribe(new SubscriberPuppet() {
                @Override
                public void triggerRequest(long elements) {
                    subscription.request(elements);
                }

                @Override
                public void signalCancel() {
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(Long element) {
            probe.registerOnNext(requireNonNull(element));
        }

        @Override
        public void onError(Throwable failure) {
            probe.registerOnError(requireNonNull(failure));
        }

        @Override
        public void onComplete() {
            probe.registerOnComplete();
        }
    }
}
