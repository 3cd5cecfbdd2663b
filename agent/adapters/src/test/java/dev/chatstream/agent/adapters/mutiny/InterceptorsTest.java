package dev.chatstream.agent.adapters.mutiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Guarding;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.MultiInterceptor;
import io.smallrye.mutiny.infrastructure.UniInterceptor;
import io.smallrye.mutiny.subscription.UniSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Interceptors of the application's own see a guarded Multi and Uni:")
class InterceptorsTest {

    private static final List<String> made = new CopyOnWriteArrayList<>();
    private static final List<String> subscribed = new CopyOnWriteArrayList<>();

    /** Found by Mutiny as a service. */
    public static final class OfMulti implements MultiInterceptor {
        @Override
        public <T> Multi<T> onMultiCreation(Multi<T> multi) {
            made.add(multi.getClass().getName());
            return multi;
        }

        @Override
        public <T> Flow.Subscriber<? super T> onSubscription(
                Flow.Publisher<? extends T> instance, Flow.Subscriber<? super T> subscriber) {
            subscribed.add(instance.getClass().getName());
            return subscriber;
        }
    }

    /** Found by Mutiny as a service. */
    public static final class OfUni implements UniInterceptor {
        @Override
        public <T> Uni<T> onUniCreation(Uni<T> uni) {
            made.add(uni.getClass().getName());
            return uni;
        }

        @Override
        public <T> UniSubscriber<? super T> onSubscription(Uni<T> instance, UniSubscriber<? super T> subscriber) {
            subscribed.add(instance.getClass().getName());
            return subscriber;
        }
    }

    private final Guarding guarding = Guarding.asConfigured();

    @BeforeEach
    @AfterEach
    void clear() {
        made.clear();
        subscribed.clear();
    }

    @AfterEach
    void close() {
        guarding.close();
    }

    @Test
    void whenTheyAreMadeAndWhenTheyAreSubscribedTo() throws Exception {
        Multi<Integer> multi =
                guarding.call(Multi.class, () -> Multi.createFrom().items(0, 1, 2));
        assertThat(multi.onItem()
                        .transform(number -> number)
                        .collect()
                        .asList()
                        .await()
                        .indefinitely())
                .containsExactly(0, 1, 2);
        guarding.becomesFree();
        Uni<Integer> uni = guarding.call(Uni.class, () -> Uni.createFrom().item(0));
        assertThat(uni.onItem().transform(number -> number).await().indefinitely())
                .isZero();
        guarding.becomesFree();
        assertThat(made).contains(GuardedMulti.class.getName(), GuardedUni.class.getName());
        assertThat(subscribed)
                .contains(GuardedUni.class.getName()); // of a Multi's operators Mutiny asks for a few only
    }
}
