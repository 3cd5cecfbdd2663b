package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream is open until an Iterator has been read,")
class IteratorShapeTest extends ReturnedValues {

    IteratorShapeTest() throws Exception {
        super(Woven.installed());
    }

    @Test
    void whichIsReadToItsEnd() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a").iterator());
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo("a");
        isOpen();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        isOver();
    }

    @Test
    void whichGivesAllThatRemains() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a", "b").iterator());
        List<String> read = new ArrayList<>();
        iterator.forEachRemaining(read::add);
        assertThat(read).containsExactly("a", "b");
        isOver();
    }

    @Test
    void whoseReaderThrowsAndReadsOn() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a", "b").iterator());
        assertThatThrownBy(() -> iterator.forEachRemaining(text -> {
                    throw new IllegalStateException(text);
                }))
                .hasMessage("a");
        isOpen();
        assertThat(iterator.next()).isEqualTo("b");
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void whichFailsWithWhatItMayNotThrow() throws Exception {
        Iterator<String> iterator = call("iterator", new Failing());
        assertThatThrownBy(iterator::next).isInstanceOf(IOException.class).hasMessage("not declared");
        isOver();
    }

    @Test
    void whichIsAborted() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a").iterator());
        abort();
        assertThatThrownBy(iterator::hasNext).isInstanceOf(ChatAbortedException.class);
        assertThatThrownBy(iterator::next).isInstanceOf(ChatAbortedException.class);
        isOver();
    }

    @Test
    void whichWasReadBeforeItIsAborted() throws Exception {
        Iterator<String> iterator = call("iterator", List.<String>of().iterator());
        assertThat(iterator.hasNext()).isFalse();
        abort();
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void whateverIsDeclared() throws Exception {
        Iterator<String> iterator = call("object", List.of("a").iterator());
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void aValueThatEverybodyForgetsIsSaid() throws Exception {
        call("iterator", List.of("a").iterator());
        methods.getClass().getField("next").set(methods, "");
        FakeEngine.Visit visit = woven.engine.only();
        Await.until(() -> {
            System.gc();
            return visit.held.isDone();
        });
        Await.until(() -> !woven.said().isEmpty());
        assertThat(woven.said()).singleElement().asString().contains("Streams#iterator(String)", "forgot");
    }

    private static final class Failing implements Iterator<String> {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public String next() {
            throw Failing.<RuntimeException>sneaky(new IOException("not declared"));
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> T sneaky(Throwable any) throws T {
            throw (T) any;
        }
    }
}
