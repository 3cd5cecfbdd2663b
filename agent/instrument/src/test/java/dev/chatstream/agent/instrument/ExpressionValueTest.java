package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.shapes.Openings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The value of an expression")
class ExpressionValueTest {

    private record Owner(String isbn, boolean open) {}

    private static class Bean {
        public final String field = "field";
        public static final String CONSTANT = "constant";
        private final String secret = "secret";
        private final String title = "title";
        private final int count = 1;

        public String getName() {
            return "name";
        }

        public boolean isActive() {
            return true;
        }

        public String isText() {
            return secret;
        }

        public String title() {
            return title;
        }

        public String count() {
            return "nobody knows of what, since " + count + " is a number";
        }

        public String plain() {
            return "no getter";
        }

        public String getFailing() {
            throw new IllegalArgumentException("from the getter");
        }

        public static String getShared() {
            return "static";
        }
    }

    private static final class Below extends Bean {
        @Override
        public String getName() {
            return "below";
        }
    }

    private final Properties properties = new Properties(new Openings(Woven.INSTRUMENTATION));

    @Test
    void isARecordsComponent() throws Throwable {
        assertThat(value("#p0.isbn", new Owner("1", true))).isEqualTo("1");
        assertThat(value("#p0.open", new Owner("1", true))).isEqualTo(true);
    }

    @Test
    void isWhatAGetterGives() throws Throwable {
        assertThat(value("#p0.name", new Bean())).isEqualTo("name");
        assertThat(value("#p0.name", new Below())).isEqualTo("below");
        assertThat(value("#p0.active", new Bean())).isEqualTo(true);
        assertThat(value("#p0.isActive", new Bean())).isEqualTo(true);
    }

    @Test
    void isWhatAMethodGivesThatIsCalledAsItsField() throws Throwable {
        assertThat(value("#p0.title", new Bean())).isEqualTo("title");
        assertThat(value("#p0.title", new Below())).isEqualTo("title");
    }

    @Test
    void isAPublicField() throws Throwable {
        assertThat(value("#p0.field", new Below())).isEqualTo("field");
    }

    @Test
    void isAMapsValue() throws Throwable {
        Map<String, Object> map = new HashMap<>(Map.of("id", "7", "a b", Map.of("deep", 1)));
        assertThat(value("#p0.id", map)).isEqualTo("7");
        assertThat(value("#p0['id']", map)).isEqualTo("7");
        assertThat(value("#p0['a b'].deep", map)).isEqualTo(1);
        assertThat(value("#p0['a b']['deep']", map)).isEqualTo(1);
        assertThat(value("#p0.none", map)).isNull();
        assertThat(value("#p0?.['none']?.deep", map)).isNull();
    }

    @Test
    void isAPropertyOfTheJdk() throws Throwable {
        assertThat(value("#p0.host", URI.create("http://example.org/x"))).isEqualTo("example.org");
        assertThat(value("#p0.class.name", "text")).isEqualTo("java.lang.String");
    }

    @Test
    void isReadAlsoFromPackagesThatAreNotExported() throws Throwable {
        // sun.nio.ch is not exported, and the getter is declared there too
        try (var channel = java.nio.channels.SocketChannel.open()) {
            assertThat(value("#p0.blocking", channel)).isEqualTo(true);
            assertThat(value("#p0.localAddress", channel)).isNull();
        }
    }

    @Test
    void isNullAfterASafeStep() throws Throwable {
        assertThat(value("#p0?.name", new Object[] {null})).isNull();
        assertThat(value("'x' + #p0?.name", new Object[] {null})).isNull();
    }

    @Test
    void isNullWhereAPartOfASumIs() throws Throwable {
        assertThat(value("'room-' + #p0", new Object[] {null})).isNull();
    }

    @Test
    void failsAtANullThatIsNotSafe() {
        assertThatThrownBy(() -> value("#p0.name", new Object[] {null}))
                .hasMessage("what stands before .name (character 4) is null; write ?.name where that is in order");
        assertThatThrownBy(() -> value("#p0['a']", new Object[] {null}))
                .hasMessage("what stands before ['a'] (character 4) is null; write ?.['a'] where that is in order");
    }

    @Test
    void failsWhereThereIsNoSuchProperty() {
        for (String name : List.of("secret", "count", "plain", "text", "shared", "CONSTANT", "nowhere")) {
            assertThatThrownBy(() -> value("#p0." + name, new Bean()))
                    .as(name)
                    .isInstanceOf(Expression.Failure.class)
                    .hasMessageContaining("Bean has no property " + name);
        }
        assertThatThrownBy(() -> value("#p0['key']", "text")).hasMessageContaining("needs a Map");
    }

    @Test
    void failsWithWhatTheGetterThrows() {
        assertThatThrownBy(() -> value("#p0.failing", new Bean()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from the getter");
    }

    private @Nullable Object value(String expression, @Nullable Object... arguments) throws Throwable {
        return ExpressionParser.parse(expression, new Parameters(arguments.length, List.of()))
                .value(arguments, properties);
    }
}
