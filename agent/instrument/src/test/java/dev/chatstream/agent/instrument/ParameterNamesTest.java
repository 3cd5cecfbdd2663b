package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A parameter's name")
class ParameterNamesTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    private @Nullable Object ask(String chatId, @Nullable String declared, @Nullable String debug) throws Exception {
        application.give("app.Named", Files.naming("app/Named", chatId, declared, debug));
        return application.loadClass("app.Named").getMethod("ask", Object.class).invoke(null, "c");
    }

    @ParameterizedTest(name = "-parameters: {0}, debug table: {1}")
    @CsvSource({"chat,", ",chat", "chat,other"})
    void comesFromMinusParametersElseFromTheDebugTable(@Nullable String declared, @Nullable String debug)
            throws Exception {
        assertThat(ask("#chat", declared, debug)).isEqualTo("c");
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c");
    }

    @Test
    void isNotThatOfTheDebugTableWhereMinusParametersTellsAnother() throws Exception {
        assertThat(ask("#other", "chat", "other")).isEqualTo("c");
        assertThat(woven.engine.visits).isEmpty();
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("no parameter is called #other: there are #chat, or by number #p0");
    }
}
