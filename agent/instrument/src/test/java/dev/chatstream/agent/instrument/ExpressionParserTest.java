package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.shapes.Openings;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An expression")
class ExpressionParserTest {

    private static final Parameters NAMED = new Parameters(3, List.of(List.of("chat", "request", "p0")));
    private static final Parameters NAMELESS = new Parameters(2, List.of());

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "#chat                      | first",
                "#request                   | second",
                "#p1                        | second",
                "#p0                        | third", // a parameter's own name counts before its number
                "'text'                     | text",
                "'it''s'                    | it's",
                "''                         | \"\"",
                "#chat + ':' + #request     | first:second",
                "#chat+':'+#request         | first:second",
                "  #chat  +  'x'            | firstx",
                "'#chat'                    | #chat",
                "'a' + '+' + 'b'            | a+b",
            })
    void givesAText(String expression, String expected) throws Throwable {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "chat                | 1  | a parameter is written with a #: #chat",
                "other               | 1  | here stands a parameter (#name) or a text in single quotes",
                "\"\"\"chat\"\"\"    | 1  | here stands a parameter",
                "#                   | 2  | the name of a parameter is missing",
                "#1                  | 2  | the name of a parameter is missing",
                "#chatid             | 1  | no parameter is called #chatid: there are #chat, #request, #p0, or by number #p0 to #p2",
                "#p3                 | 1  | no parameter is called #p3",
                "#chat.              | 7  | the name of a property is missing",
                "#chat.getId()       | 12 | methods cannot be called; name the property instead: .id",
                "#chat.id()          | 9  | methods cannot be called; name the property instead: .id",
                "#chat?id            | 7  | after ? comes a dot",
                "#chat[id]           | 7  | in brackets stands a key in single quotes",
                "#chat[0]            | 7  | in brackets stands a key in single quotes",
                "#chat['id'          | 11 | ] is missing",
                "'open               | 1  | the quote that begins here does not end",
                "#chat +             | 8  | something is missing",
                "+ #chat             | 1  | here stands a parameter",
                "#chat #request      | 7  | '#' is not known here",
                "#chat == 'x'        | 7  | '=' is not known here",
                "#{#chat}            | 1  | write it without #{ }",
                "${chat.id}          | 1  | placeholders are not replaced here",
                "T(java.lang.System) | 1  | here stands a parameter",
                "#chat - 'x'         | 7  | '-' is not known here",
            })
    void thatDoesNotParseSaysWhereAndWhatToWrite(String expression, int position, String message) {
        assertThatThrownBy(() -> ExpressionParser.parse(expression, NAMED))
                .isInstanceOf(Mistake.class)
                .hasMessageStartingWith("\"" + expression + "\", character " + position + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#chat", "#p2"})
    void withoutNamesSaysToWriteNumbers(String expression) {
        assertThatThrownBy(() -> ExpressionParser.parse(expression, NAMELESS))
                .hasMessageContaining("the class file does not tell parameter names: write #p0 to #p1, or compile with"
                        + " -parameters");
    }

    @Test
    void ofAMethodWithoutParametersSaysSo() {
        assertThatThrownBy(() -> ExpressionParser.parse("#chat", new Parameters(0, List.of())))
                .hasMessageContaining("the method has no parameters");
    }

    @Test
    void takesTheFirstSourceThatKnowsAName() throws Throwable {
        Parameters two = new Parameters(2, List.of(List.of("a", "b"), List.of("b", "c")));
        assertThat(value("#b", two)).isEqualTo("second");
        assertThat(value("#c", two)).isEqualTo("second");
        assertThat(value("#a", two)).isEqualTo("first");
    }

    private static Object value(String expression) throws Throwable {
        return value(expression, NAMED);
    }

    private static Object value(String expression, Parameters parameters) throws Throwable {
        return ExpressionParser.parse(expression, parameters)
                .value(new Object[] {"first", "second", "third"}, new Properties(new Openings(Woven.INSTRUMENTATION)));
    }
}
