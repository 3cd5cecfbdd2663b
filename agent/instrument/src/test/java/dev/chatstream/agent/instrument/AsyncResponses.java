package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The response to whose elements one subscribes that a model maker's client hands out, over a body that the test sends. */
abstract class AsyncResponses {

    final ScriptedBody body = new ScriptedBody();
    final SubscriberNotes notes = new SubscriberNotes();
    private final Application application = new Application();
    private Woven woven = Woven.installed();

    /** Asks the model in a guarded method. */
    abstract Object asked(Object methods) throws Exception;

    abstract Object subscribe(Object response, Executor executor);

    abstract CompletableFuture<?> future(Object response);

    abstract void close(Object response);

    abstract String token(String text);

    @AfterEach
    void close() {
        woven.close();
    }

    private Object asked() throws Exception {
        Object response = asked(application.create("Responses"));
        isOpen();
        return response;
    }

    private static void onItsOwnThread(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
    }

    private void isOpen() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
    }

    private void isOver() throws Exception {
        Await.until(() -> woven.engine.only().held.isDone());
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThat(woven.said()).isEmpty();
    }

    private void abort() {
        woven.engine.only().abort(AbortReason.STOPPED);
    }

    @Test
    void isComplete() throws Exception {
        Object response = asked();
        assertThat(subscribe(response, AsyncResponses::onItsOwnThread)).isSameAs(response);
        body.send(token("a") + token("b"));
        Await.until(() -> notes.told.size() == 2);
        notes.atTheEnd = this::isOpen;
        body.end();
        future(response).join();
        assertThat(notes.told).containsExactly("next", "next", "complete");
        isOver();
    }

    @Test
    void fails() throws Exception {
        Object response = asked();
        subscribe(response, AsyncResponses::onItsOwnThread);
        notes.atTheEnd = this::isOpen;
        body.breaks();
        assertThatThrownBy(() -> future(response).join()).hasRootCauseMessage("the connection broke");
        assertThat(notes.told).hasSize(1).doesNotContain("complete");
        isOver();
    }

    @Test
    void isClosed() throws Exception {
        Object response = asked();
        subscribe(response, AsyncResponses::onItsOwnThread);
        close(response);
        assertThat(future(response)).isCompleted();
        isOver();
        Await.until(body::isClosed);
    }

    @Test
    void isClosedBeforeAnybodySubscribes() throws Exception {
        Object response = asked();
        close(response);
        isOver();
        assertThatThrownBy(() -> subscribe(response, AsyncResponses::onItsOwnThread))
                .isInstanceOf(IllegalStateException.class);
        abort();
        assertThat(notes.told).isEmpty();
    }

    @Test
    void isSubscribedToTwiceWhichFailsAsItWouldWithout() throws Exception {
        Object response = asked();
        subscribe(response, AsyncResponses::onItsOwnThread);
        assertThatThrownBy(() -> subscribe(response, AsyncResponses::onItsOwnThread))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than once");
        isOpen();
        body.end();
        isOver();
        assertThat(notes.told).containsExactly("complete");
    }

    @Test
    void isRefusedByTheExecutor() throws Exception {
        Object response = asked();
        subscribe(response, task -> {
            throw new RejectedExecutionException("full");
        });
        isOver();
        assertThat(notes.told).isEmpty();
    }

    @Test
    void isForgottenUnsubscribed() throws Exception {
        Object response = asked();
        assertThat(response).isNotNull();
        response = null;
        Await.until(() -> {
            System.gc();
            return woven.engine.only().held.isDone();
        });
        assertThat(woven.said()).singleElement().asString().contains("forgot");
        Await.until(() -> {
            System.gc();
            return body.isClosed(); // by the library's own care for what is forgotten
        });
    }

    @Test
    void isToldOfAnAbortAtOnceAndStoppedOnTheThreadThatDeliversAtItsNextElement() throws Exception {
        Object response = asked();
        subscribe(response, AsyncResponses::onItsOwnThread);
        body.send(token("a"));
        Await.until(() -> notes.told.size() == 1);
        abort();
        isOver();
        assertThat(notes.told).containsExactly("next", "ChatAbortedException");
        assertThatThrownBy(() -> future(response).join()).hasCauseInstanceOf(ChatAbortedException.class);
        assertThat(body.isClosed())
                .as("from the side, OkHttp would keep it for good")
                .isFalse();
        body.send(token("b") + token("c"));
        Await.until(body::isClosed);
        assertThat(body.closedBy).isSameAs(notes.deliverer);
        assertThat(notes.told).hasSize(2);
    }

    @Test
    void isAbortedWhileItsHandlerIsBusyAndToldAfterThat() throws Exception {
        Object response = asked();
        CompletableFuture<Void> busy = new CompletableFuture<>();
        notes.atNext = busy::join;
        subscribe(response, AsyncResponses::onItsOwnThread);
        body.send(token("a"));
        Await.until(() -> notes.told.size() == 1);
        abort();
        assertThat(notes.told).hasSize(1);
        isOpen();
        busy.complete(null);
        isOver();
        assertThat(notes.told).containsExactly("next", "ChatAbortedException");
        body.send(token("b"));
        Await.until(body::isClosed);
    }

    @Test
    void isAbortedBeforeAnybodySubscribes() throws Exception {
        Object response = asked();
        abort();
        assertThat(subscribe(response, Runnable::run)).isSameAs(response);
        assertThat(notes.told).containsExactly("ChatAbortedException");
        Await.until(body::isClosed);
        isOver();
    }

    @Test
    void completesAfterAStopWhereThatIsToLookSo() throws Exception {
        woven.close();
        woven = Woven.completingOnStop();
        Object response = asked();
        subscribe(response, AsyncResponses::onItsOwnThread);
        body.send(token("a"));
        Await.until(() -> notes.told.size() == 1);
        abort();
        body.send(token("b"));
        isOver();
        assertThat(notes.told).containsExactly("next", "complete");
        future(response).join();
    }

    @Test
    void hasAHandlerThatThrowsWhenItIsTold() throws Exception {
        Object response = asked();
        notes.atTheEnd = () -> {
            throw new IllegalStateException("the consumer's");
        };
        subscribe(response, AsyncResponses::onItsOwnThread);
        abort();
        body.send(token("a"));
        isOver();
        assertThat(notes.told).containsExactly("ChatAbortedException");
    }

    @RepeatedTest(100)
    void endsOnceWhereAnAbortMeetsItsEnd() throws Exception {
        Object response = asked();
        subscribe(response, AsyncResponses::onItsOwnThread);
        Race.of(
                () -> {
                    body.send(token("a"));
                    body.end();
                },
                this::abort);
        isOver();
        Await.until(() -> future(response).isDone());
        assertThat(notes.told).filteredOn(told -> !told.equals("next")).hasSize(1);
        assertThat(notes.told.contains("complete")).isEqualTo(!future(response).isCompletedExceptionally());
    }
}
