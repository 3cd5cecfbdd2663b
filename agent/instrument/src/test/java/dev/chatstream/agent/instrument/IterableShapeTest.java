package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream is open until an Iterable has been read,")
class IterableShapeTest extends ReturnedValues {

    IterableShapeTest() throws Exception {
        super(Woven.installed());
    }

    @Test
    void whoseIteratorIsReadToItsEndThoughNobodyHoldsTheIterable() throws Exception {
        Iterator<String> iterator = this.<Iterable<String>>of(iterable("a")).iterator();
        System.gc();
        iterator.next();
        isOpen();
        assertThat(iterator.hasNext()).isFalse();
        isOver();
    }

    @Test
    void whichIsWalked() throws Exception {
        Iterable<String> iterable = call("iterable", iterable("a", "b"));
        List<String> read = new ArrayList<>();
        iterable.forEach(read::add);
        assertThat(read).containsExactly("a", "b");
        isOver();
    }

    @Test
    void whichIsAborted() throws Exception {
        Iterable<String> iterable = call("iterable", iterable("a", "b"));
        Iterator<String> iterator = iterable.iterator();
        iterator.next();
        abort();
        assertThatThrownBy(iterator::next).isInstanceOf(ChatAbortedException.class);
        isOver();
    }

    @Test
    void unlessItIsAValueThatCanBeIteratedOverToo() throws Exception {
        Class<?> type = application.type("Streams$Page");
        Object page =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null);
        assertThat(this.<Object>call("page", page)).isSameAs(page);
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void unlessItIsACollection() throws Exception {
        List<String> list = new ArrayList<>();
        assertThat(this.<Object>call("iterable", list)).isSameAs(list);
        assertThat(this.<Object>call("list", list)).isSameAs(list);
        assertThat(woven.engine.visits)
                .allSatisfy(visit -> assertThat(visit.events).containsExactly("leave"));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T of(Object source) throws Exception {
        return call("iterable", source);
    }

    private static Iterable<String> iterable(String... elements) {
        return () -> List.of(elements).iterator();
    }
}
