package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a Stop is to look like an end")
class CompletingOnStopTest extends ReturnedValues {

    CompletingOnStopTest() throws Exception {
        super(Woven.completingOnStop());
    }

    @Test
    void aStreamGivesWhatItHad() throws Exception {
        Stream<String> stream = call("stream", Stream.of("a", "b", "c"));
        List<String> seen = stream.peek(text -> {
                    if (text.equals("b")) {
                        abort();
                    }
                })
                .toList();
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void aStreamThatNobodyHasReadYetHasNothing() throws Exception {
        IntStream ints = call("ints", IntStream.of(1, 2));
        Stream<String> stream = call("stream", Stream.of("a", "b"));
        Stream<String> mapped =
                this.<Stream<String>>call("stream", Stream.of("a", "b")).map(text -> text + "!");
        abort();
        assertThat(ints.sum()).isZero();
        assertThat(stream.iterator()).isExhausted();
        assertThat(mapped.toList()).isEmpty();
    }

    @Test
    void anIteratorHasNoMore() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a", "b").iterator());
        iterator.next();
        abort();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatRemainsEndsInTheMiddle() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a", "b", "c").iterator());
        List<String> seen = new ArrayList<>();
        iterator.forEachRemaining(text -> {
            seen.add(text);
            abort();
        });
        assertThat(seen).containsExactly("a");
    }

    @Test
    void anyOtherAbortIsNone() throws Exception {
        Iterator<String> iterator = call("iterator", List.of("a").iterator());
        woven.engine.only().abort(AbortReason.LOCK_LOST);
        assertThatThrownBy(iterator::next).isInstanceOf(ChatAbortedException.class);
    }

    @Test
    void bytesAndLinesAreAtTheirEnds() throws Exception {
        InputStream stream = call("bytes", new ByteArrayInputStream(new byte[] {1, 2, 3}));
        BufferedReader reader = call("lines", new BufferedReader(new StringReader("a\nb")));
        stream.read();
        abort();
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.readAllBytes()).isEmpty();
        assertThat(reader.readLine()).isNull();
    }
}
