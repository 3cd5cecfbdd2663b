package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whatever wants to be closed and hands out a stream")
class HandedOutTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();
    private final Object methods;
    private final AtomicInteger closed = new AtomicInteger();

    HandedOutTest() throws Exception {
        this.methods = application.create("Responses");
    }

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void isFollowedByWhatItHandsOut() throws Exception {
        Object answer = answer();
        assertThat(Application.call(answer, "model")).isEqualTo("model");
        Stream<?> tokens = (Stream<?>) Application.call(answer, "tokens");
        isOpen();
        assertThat(tokens.map(Object::toString).toList()).isEqualTo(List.of("a", "b"));
        isOver();
    }

    @Test
    void isOpenUntilItIsClosedWhereItsReaderHasHadEnough() throws Exception {
        Object answer = answer();
        Stream<?> tokens = (Stream<?>) Application.call(answer, "tokens");
        assertThat(tokens.skip(1).limit(1).count()).isEqualTo(1);
        isOpen();
        ((AutoCloseable) answer).close();
        assertThat(closed).hasValue(1);
        isOver();
    }

    @Test
    void isFollowedByAnIterableThatItHandsOut() throws Exception {
        Iterator<?> lines = ((Iterable<?>) Application.call(answer(), "lines")).iterator();
        lines.next();
        isOpen();
        woven.engine.only().abort(AbortReason.LOCK_LOST);
        assertThatThrownBy(lines::next).isInstanceOf(ChatAbortedException.class);
        assertThat(closed).hasValue(1);
        isOver();
    }

    @Test
    void isAPlainValueWhereItHandsOutNothing() throws Exception {
        Object others = application.create("Responses$Others");
        Object plain = proxy("Responses$Plain");
        others.getClass().getField("next").set(others, plain);
        assertThat(Application.call(others, "plain", "c")).isSameAs(plain);
        assertThat(woven.engine.only().events).containsExactly("leave");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("Responses$Others#plain(String): it returns", "not followed");
    }

    private Object answer() throws Exception {
        methods.getClass().getField("next").set(methods, proxy("Responses$Answer"));
        return Application.call(methods, "answer", "c");
    }

    private Object proxy(String type) {
        return Proxy.newProxyInstance(
                application,
                new Class<?>[] {application.type(type)},
                (self, method, arguments) -> switch (method.getName()) {
                    case "tokens" -> Stream.of("a", "b");
                    case "lines" -> List.of("a", "b");
                    case "close" -> closed.incrementAndGet() < 0 ? "" : null;
                    default -> method.getName();
                });
    }

    private void isOpen() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
    }

    private void isOver() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThat(woven.said()).isEmpty();
    }
}
