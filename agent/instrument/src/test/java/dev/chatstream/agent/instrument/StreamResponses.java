package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The stream that a model maker's client hands out, over a body that the test sends. */
abstract class StreamResponses {

    final ScriptedBody body = new ScriptedBody();
    final Application application = new Application();
    private Woven woven = Woven.installed();

    /** Asks the model in a guarded method. */
    abstract AutoCloseable asked(Object methods) throws Exception;

    /** What the response hands out. */
    abstract Stream<?> stream(AutoCloseable response);

    abstract String token(String text);

    @AfterEach
    void close() {
        woven.close();
    }

    private AutoCloseable asked() throws Exception {
        AutoCloseable response = asked(application.create("Responses"));
        isOpen();
        return response;
    }

    private void isOpen() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
    }

    private void isOver() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThat(woven.said()).isEmpty();
    }

    private void abort() {
        woven.engine.only().abort(AbortReason.STOPPED);
    }

    @Test
    void isReadToItsEnd() throws Exception {
        Stream<?> stream = stream(asked());
        body.send(token("a") + token("b"));
        body.end();
        System.gc();
        isOpen();
        assertThat(stream.toList()).hasSize(2);
        isOver();
    }

    @Test
    void isReadByAnIterator() throws Exception {
        Iterator<?> iterator = stream(asked()).iterator();
        body.send(token("a"));
        iterator.next();
        isOpen();
        body.end();
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void fails() throws Exception {
        Stream<?> stream = stream(asked());
        body.send(token("a"));
        body.breaks();
        assertThatThrownBy(stream::toList).hasRootCauseMessage("the connection broke");
        isOver();
    }

    @Test
    void isClosedBeforeItsEnd() throws Exception {
        AutoCloseable response = asked();
        body.send(token("a") + token("b"));
        assertThat(stream(response).findFirst()).isPresent();
        assertThat(body.isClosed()).isFalse();
        isOpen();
        response.close();
        assertThat(body.closedBy).isSameAs(Thread.currentThread());
        isOver();
        response.close();
        isOver();
    }

    @Test
    void isClosedByItsStream() throws Exception {
        Stream<?> stream = stream(asked());
        stream.close();
        assertThat(body.isClosed()).isTrue();
        isOver();
    }

    @Test
    void isReadASecondTimeWhichFailsAsItWouldWithoutAndTheFirstReadsOn() throws Exception {
        AutoCloseable response = asked();
        Iterator<?> iterator = stream(response).iterator();
        body.send(token("a"));
        iterator.next();
        assertThatThrownBy(() -> stream(response).toList())
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(ChatAbortedException.class);
        assertThatThrownBy(stream(response).iterator()::hasNext).isInstanceOf(IllegalStateException.class);
        isOpen();
        body.end();
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void isNeverReadAndForgotten() throws Exception {
        AutoCloseable response = asked();
        assertThat(response).isNotNull();
        response = null;
        Await.until(() -> {
            System.gc();
            return woven.engine.only().held.isDone();
        });
        assertThat(woven.said()).singleElement().asString().contains("forgot");
    }

    /** Though all that is held is what it handed out. */
    @Test
    void isClosedByWhoeverReadsAtTheNextElement() throws Exception {
        Stream<?> stream = stream(asked());
        List<Object> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Thread> readingThread = new CompletableFuture<>();
        CompletableFuture<Object> read = CompletableFuture.supplyAsync(() -> {
            readingThread.complete(Thread.currentThread());
            stream.forEach(seen::add);
            return "its end";
        });
        body.send(token("a"));
        Await.until(() -> seen.size() == 1);
        abort();
        isOpen();
        body.send(token("b"));
        assertThatThrownBy(read::join).hasCauseInstanceOf(ChatAbortedException.class);
        assertThat(body.closedBy).isSameAs(readingThread.join());
        assertThat(seen).hasSize(1);
        isOver();
    }

    /** Closed from the side, OkHttp would keep its connection for good. */
    @Test
    void isLeftToItsReaderWhereNoElementComes() throws Exception {
        Stream<?> stream = stream(asked());
        List<Object> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> stream.forEach(seen::add));
        body.send(token("a"));
        Await.until(() -> seen.size() == 1);
        abort();
        assertThat(body.isClosed()).isFalse();
        isOpen();
        body.send(token("b"));
        assertThatThrownBy(read::join).hasCauseInstanceOf(ChatAbortedException.class);
        assertThat(body.isClosed()).isTrue();
        isOver();
    }

    @Test
    void isClosedByItsReaderAfterAnAbort() throws Exception {
        AutoCloseable response = asked();
        abort();
        response.close();
        isOver();
    }

    @Test
    void isAbortedBeforeItIsRead() throws Exception {
        AutoCloseable response = asked();
        body.send(token("a"));
        abort();
        assertThat(body.isClosed()).as("there is no reader who would do it").isTrue();
        isOver();
        assertThatThrownBy(() -> stream(response).iterator()).isInstanceOf(ChatAbortedException.class);
        assertThat(body.closedBy).isSameAs(Thread.currentThread());
        isOver();
    }

    @Test
    void endsNormallyAfterAStopWhereThatIsToLookSo() throws Exception {
        woven.close();
        woven = Woven.completingOnStop();
        Iterator<?> iterator = stream(asked()).iterator();
        body.send(token("a") + token("b"));
        assertThat(iterator.hasNext()).isTrue();
        abort();
        iterator.next(); // it was promised
        assertThat(iterator.hasNext()).isFalse();
        assertThat(body.closedBy).isSameAs(Thread.currentThread());
        isOver();
    }

    @Test
    void endsNormallyAfterAStopForWhoWaits() throws Exception {
        woven.close();
        woven = Woven.completingOnStop();
        Stream<?> stream = stream(asked());
        List<Object> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> stream.forEach(seen::add));
        body.send(token("a"));
        Await.until(() -> seen.size() == 1);
        abort();
        body.send(token("b"));
        assertThat(read).succeedsWithin(Duration.ofSeconds(30));
        Await.until(() -> woven.engine.only().held.isDone());
        isOver();
    }

    @RepeatedTest(100)
    void endsOnceWhereAnAbortMeetsItsEnd() throws Exception {
        Stream<?> stream = stream(asked());
        body.send(token("a"));
        body.end();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Race.of(
                () -> {
                    try {
                        outcome.complete(stream.toList().size());
                    } catch (ChatAbortedException aborted) {
                        outcome.complete("aborted");
                    }
                },
                this::abort);
        assertThat(outcome.join()).isIn(1, "aborted");
        isOver();
    }
}
