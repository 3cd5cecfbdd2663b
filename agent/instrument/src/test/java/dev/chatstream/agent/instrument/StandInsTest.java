package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What stands for a returned value")
class StandInsTest extends ReturnedValues {

    StandInsTest() throws Exception {
        super(Woven.installed());
    }

    @Test
    void hasAllItsInterfacesWhoeverSeesThem() throws Exception {
        Object source = tokens();
        Object tokens = call("tokens", source);
        assertThat(tokens).isNotSameAs(source).hasToString("the tokens");
        Method named = application.type("Streams$Tokens").getDeclaredMethod("named", String.class);
        named.setAccessible(true);
        assertThat(named.invoke(tokens, "x"))
                .as("it gives back what stands for it")
                .isSameAs(tokens);
        ((AutoCloseable) tokens).close();
        isOver();
    }

    @Test
    void isNotGuardedASecondTime() throws Exception {
        Object tokens = call("tokens", tokens());
        Method text = application.type("Streams$Tokens").getDeclaredMethod("text", String.class);
        text.setAccessible(true);
        assertThat(text.invoke(tokens, "inner")).isEqualTo("text");
        assertThat(woven.engine.calls())
                .as("the method, and the proxy behind what stands for it")
                .hasSize(2);
    }

    @Test
    void handsOutWhatIsReadBehindTheSameFeed() throws Exception {
        Iterator<String> tokens = call("tokens", tokens());
        Method rest = application.type("Streams$Tokens").getDeclaredMethod("rest");
        rest.setAccessible(true);
        Iterator<?> others = (Iterator<?>) rest.invoke(tokens);
        assertThat(others.next()).isEqualTo("last");
        isOpen();
        assertThat(others.hasNext()).isFalse();
        isOver();
    }

    private Object tokens() throws Exception {
        Class<?> type = application.type("Streams$Tokens");
        return java.lang.reflect.Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "named" -> self;
                    case "toString" -> "the tokens";
                    case "text" -> "text";
                    case "rest" -> List.of("last").iterator();
                    default -> null;
                });
    }

    @Test
    void isNotMadeOfWhatItsCallerMayCastTo() throws Exception {
        Object named = new Named();
        assertThat(this.<Object>call("object", named)).isSameAs(named);
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    /** A class that a caller can name. */
    public static final class Named implements Iterator<String> {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public String next() {
            throw new NoSuchElementException();
        }
    }
}
