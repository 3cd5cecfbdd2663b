package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream is open until a java.util.stream.Stream has been read,")
class StreamShapeTest extends ReturnedValues {

    StreamShapeTest() throws Exception {
        super(Woven.installed());
    }

    @Test
    void whoseTerminalOperationIsDone() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a", "b"));
        Stream<String> mapped = stream.map(text -> text + "!");
        isOpen();
        assertThat(mapped.toList()).containsExactly("a!", "b!");
        isOver();
    }

    @Test
    void whoseTerminalOperationFails() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a"));
        assertThatThrownBy(() -> stream.forEach(text -> {
                    throw new IllegalStateException(text);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a");
        isOver();
    }

    @Test
    void whoseTerminalOperationFailsLateAmongStages() throws Exception {
        Stream<Integer> stream = call("stream", List.of(1, 2).stream());
        assertThatThrownBy(
                        () -> stream.filter(i -> i > 0).unordered().map(i -> i).forEach(i -> {
                            throw new IllegalStateException("the reader's");
                        }))
                .hasMessage("the reader's");
        isOver();
    }

    @Test
    void whichIsClosed() throws Exception {
        List<String> closed = new ArrayList<>();
        Stream<String> stream = call("stream", Stream.of("a").onClose(() -> closed.add("source")));
        stream.onClose(() -> closed.add("reader")).close();
        assertThat(closed).containsExactly("source", "reader");
        isOver();
    }

    @Test
    void whoseIteratorIsReadToItsEnd() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a"));
        Iterator<String> iterator = stream.iterator();
        assertThat(iterator.next()).isEqualTo("a");
        isOpen();
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    /** The JDK refuses whoever comes second, and the first one reads on. */
    @Test
    void whichIsReadASecondTimeMeanwhile() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a"));
        Iterator<String> iterator = stream.iterator();
        assertThatThrownBy(stream::count).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stream.map(text -> text)).isInstanceOf(IllegalStateException.class);
        isOpen();
        assertThat(iterator.next()).isEqualTo("a");
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void whichIsReturnedThoughItsMethodHasReadIt() throws Exception {
        Stream<String> used = Stream.of("a");
        assertThat(used.count()).isOne();
        Stream<String> stream = call("stream", used);
        assertThatThrownBy(stream::toList).isInstanceOf(IllegalStateException.class);
        isOver();
    }

    @Test
    void whoseSpliteratorsAreAllReadToTheirEnds() throws Exception {
        Stream<Integer> stream = call("stream", IntStream.range(0, 1000).boxed().toList().stream());
        Spliterator<Integer> left = stream.spliterator();
        Spliterator<Integer> right = left.trySplit();
        List<Integer> read = new ArrayList<>();
        right.forEachRemaining(read::add);
        isOpen();
        left.forEachRemaining(read::add);
        assertThat(read).hasSize(1000).doesNotHaveDuplicates();
        isOver();
    }

    @Test
    void alsoInParallel() throws Exception {
        Stream<Integer> stream = call("stream", IntStream.range(0, 10_000).boxed().toList().stream());
        assertThat(stream.parallel().mapToInt(i -> i).sum()).isEqualTo(49_995_000);
        isOver();
    }

    @Test
    void alsoInsideAnotherStream() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a"));
        assertThat(Stream.concat(Stream.of("x"), stream).toList()).containsExactly("x", "a");
        isOver();
    }

    @Test
    void alsoOfPrimitives() throws Exception {
        IntStream ints = call("ints", IntStream.of(1, 2));
        assertThat(ints.asLongStream().boxed().toList()).containsExactly(1L, 2L);
        isOver();
    }

    @Test
    void withoutReadingAheadEvenOfAnInfiniteOneInAFlatMap() throws Exception {
        List<Integer> made = new ArrayList<>();
        Stream<Integer> stream = call(
                "stream",
                Stream.of(1).flatMap(one -> Stream.iterate(1, i -> i + 1).peek(made::add)));
        assertThat(stream.flatMap(Stream::of).limit(3).toList()).containsExactly(1, 2, 3);
        assertThat(made).containsExactly(1, 2, 3);
        isOver();
    }

    /** Though it is closed then, of which the JDK speaks otherwise. */
    @Test
    void whichIsAbortedBeforeAnybodyReads() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a", "b"));
        Stream<String> mapped =
                this.<Stream<String>>call("stream", Stream.of("a", "b")).map(text -> text + "!");
        abort();
        assertThatThrownBy(stream::toList).isInstanceOf(ChatAbortedException.class);
        assertThatThrownBy(() -> stream.map(text -> text)).isInstanceOf(ChatAbortedException.class);
        assertThatThrownBy(stream::iterator).isInstanceOf(ChatAbortedException.class);
        assertThatThrownBy(mapped::toList).isInstanceOf(ChatAbortedException.class);
    }

    @Test
    void whichIsAbortedBetweenTwoElements() throws Exception {
        List<String> closed = new ArrayList<>();
        Stream<String> stream = call("stream", Stream.of("a", "b").onClose(() -> closed.add("source")));
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> stream.forEach(text -> {
                    seen.add(text);
                    abort();
                }))
                .isInstanceOf(ChatAbortedException.class);
        assertThat(seen).containsExactly("a");
        assertThat(closed).containsExactly("source");
        isOver();
    }

    /** Closing it from the side ends some sources as if they were whole. */
    @Test
    void andHalfAnAnswerNeverLooksWhole() throws Exception {
        Iterator<String> endsWhenClosed = new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                if (given == 1) {
                    abort();
                }
                return given < 1;
            }

            @Override
            public String next() {
                given++;
                return "half";
            }
        };
        Stream<String> source = StreamSupport.stream(Spliterators.spliteratorUnknownSize(endsWhenClosed, 0), false);
        Stream<String> stream = call("stream", source);
        assertThatThrownBy(stream::toList).isInstanceOf(ChatAbortedException.class);
        isOver();
    }
}
