package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MethodKindsTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void anInstanceMethod() throws Exception {
        Object methods = application.create("Methods");
        assertThat(Application.call(methods, "plain", "c")).isEqualTo("plain c");
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c");
        assertThat(woven.engine.only().events).containsExactly("leave");
        assertThat(woven.said()).singleElement().asString().contains("Methods#locked(String): it is synchronized");
    }
}
