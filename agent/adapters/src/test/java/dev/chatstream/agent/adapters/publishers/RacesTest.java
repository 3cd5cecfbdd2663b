package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.EventLoop;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Fate;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Hooks;

/**
 * Each race, many times over: the consumer hears one end, or none after its own cancel, and one signal at a time; the lock
 * is given back once, and the engine is left with nothing.
 */
@ParameterizedClass
@MethodSource("dev.chatstream.agent.adapters.publishers.Kinds#all")
@DisplayName("However two meet at a returned publisher, it ends once:")
class RacesTest {

    private static final int ROUNDS = Integer.getInteger("races.rounds", 100);

    private final Kind<Object> kind;
    private final List<Watched> all = new ArrayList<>();
    private final Duel duel = new Duel();
    private Guarding guarding = Guarding.asConfigured();
    private Upstream upstream = new Upstream();
    private Watched heard = new Watched();
    private long releases;

    RacesTest(Kinds row) {
        this.kind = row.kind;
    }

    /** Where a consumer leaves, a failure that has nowhere to go is these libraries' way. */
    @BeforeEach
    void keepQuietAboutWhatComesTooLate() {
        Hooks.onErrorDropped(late -> {});
        RxJavaPlugins.setErrorHandler(late -> {});
        Infrastructure.setDroppedExceptionHandler(late -> {});
    }

    @AfterEach
    void close() {
        Hooks.resetOnErrorDropped();
        RxJavaPlugins.reset();
        Infrastructure.resetDroppedExceptionHandler();
        duel.close();
        guarding.close();
        all.forEach(Watched::isWell); // what came late too
    }

    private Object returned() {
        heard = new Watched();
        all.add(heard);
        upstream = new Upstream();
        releases = guarding.releases();
        return guarding.call(kind.declared(), () -> kind.over(upstream));
    }

    private void subscribe() throws Exception {
        kind.subscribe(returned(), heard);
        assertThat(upstream.subscriptions()).isEqualTo(1);
    }

    private void stop() {
        guarding.guard.abort(guarding.stream().streamId()).join();
    }

    private void hasEndedOnce() throws Exception {
        Await.soon("the consumer hears of the end", heard::hasEnded);
        isOver();
    }

    private void isOver() throws Exception {
        isOver(1);
    }

    private void isOver(long mostReleases) throws Exception {
        guarding.isOver();
        assertThat(guarding.releases() - releases).as("releases").isBetween(1L, mostReleases);
        heard.isWell();
    }

    @Test
    void cancelledByItsConsumerWhileItCompletes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            subscribe();
            Upstream.Emitter emitter = upstream.emitter();
            duel.between(heard::cancel, () -> kind.play(emitter));
            isOver();
        }
    }

    @Test
    void abortedWhileItFails() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            subscribe();
            Upstream.Emitter emitter = upstream.emitter();
            IOException failure = new IOException("the model broke");
            duel.between(this::stop, () -> emitter.fail(failure));
            hasEndedOnce();
            Throwable end = heard.end().orElseThrow();
            assertThat(end == failure || end instanceof Guarding.Aborted)
                    .as("%s", end)
                    .isTrue();
        }
    }

    @Test
    void abortedWhileItCompletes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            subscribe();
            Upstream.Emitter emitter = upstream.emitter();
            duel.between(this::stop, () -> {
                kind.play(emitter);
                emitter.done();
            });
            hasEndedOnce();
        }
    }

    @Test
    void abortedWhileElementsCome() throws Exception {
        Assumptions.assumeTrue(kind.arity() == Kind.Arity.MANY);
        for (int round = 0; round < ROUNDS; round++) {
            subscribe();
            Upstream.Emitter emitter = upstream.emitter();
            Upstream source = upstream;
            duel.between(this::stop, () -> {
                for (int i = 0; !source.isCancelled(); i++) {
                    emitter.next(i);
                }
                emitter.next(-1); // what was under way
            });
            hasEndedOnce();
            assertThat(heard.end()).isPresent();
        }
    }

    @Test
    void abortedWhileItsConsumerLeaves() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            subscribe();
            duel.between(this::stop, heard::cancel);
            isOver();
            assertThat(upstream.isCancelled()).isTrue();
        }
    }

    @Test
    void abortedWhileItIsSubscribedTo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Object publisher = returned();
            duel.between(this::stop, () -> kind.subscribe(publisher, heard));
            hasEndedOnce();
            assertThat(heard.end().orElseThrow()).isInstanceOf(Guarding.Aborted.class);
            assertThat(upstream.subscriptions() == 0 || upstream.isCancelled()).isTrue();
        }
    }

    @Test
    void abortedWhileItIsTriedAgain() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            kind.subscribe(kind.retryingOnce(returned()), heard);
            Upstream.Emitter emitter = upstream.emitter();
            duel.between(this::stop, () -> emitter.fail(new IOException("once")));
            hasEndedOnce();
        }
    }

    /** The operator subscribes again on the thread that subscribed, while the stream is about to end. */
    @Test
    void triedAgainWhileItEndsAndNeverBusyByItself() throws Exception {
        guarding.close();
        guarding = Guarding.rejecting();
        for (int round = 0; round < ROUNDS; round++) {
            Object publisher = returned();
            Object retrying = kind.retryingOnce(publisher);
            Assumptions.assumeFalse(retrying.equals(publisher), "it has no operator for that");
            upstream.atFirst(first -> first.fail(new IOException("at once")));
            kind.subscribe(retrying, heard);
            Await.soon("it is tried again", () -> upstream.subscriptions() == 2);
            kind.play(upstream.emitter());
            Await.soon("the consumer hears of the end", heard::hasEnded);
            assertThat(heard.end()).isEmpty();
            isOver(2); // where the stream had ended, it is taken anew
        }
    }

    @Test
    void subscribedToAtTheLastMoment() throws Exception {
        guarding.close();
        guarding = Guarding.withSubscribeTimeout(Duration.ofMillis(1));
        AtomicBoolean late = new AtomicBoolean();
        for (int round = 0; round < ROUNDS; round++) {
            Object publisher = returned();
            duel.between(() -> Await.soon("given back", () -> late.get() || !guarding.isLocked()), () -> {
                Thread.sleep(1);
                kind.subscribe(publisher, heard);
                late.set(true);
            });
            late.set(false);
            Await.soon("the source is subscribed to", () -> upstream.subscriptions() == 1);
            Upstream.Emitter emitter = upstream.emitter();
            kind.play(emitter);
            emitter.done();
            Await.soon("the consumer hears of the end", heard::hasEnded);
            isOver(2); // where it was given back before, it is taken anew
        }
    }

    @Test
    void leftByItsConsumerWhileItGetsItsChat() throws Exception {
        guarding.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        for (int round = 0; round < ROUNDS; round++) {
            Object publisher = EventLoop.call(this::returned);
            kind.subscribe(publisher, heard);
            long deleted = guarding.store.server().deleted();
            duel.between(heard::cancel, guarding.store.held().remove()::answer);
            guarding.isOver(); // a release that overtakes the acquire is repeated, each tick until that is answered
            assertThat(guarding.store.server().deleted() - deleted).isLessThanOrEqualTo(1);
            heard.isWell();
            assertThat(heard.ends()).isZero();
            assertThat(upstream.subscriptions() == 0 || upstream.isCancelled()).isTrue();
        }
    }
}
