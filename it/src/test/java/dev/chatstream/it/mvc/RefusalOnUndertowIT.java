package dev.chatstream.it.mvc;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusalOnUndertowIT extends RefusalCells {

    @RegisterExtension
    static final Stage stage = onSpring("6.2", "dev.chatstream.it.undertow.UndertowServer", Libraries.of("undertow"));

    @Override
    Stage stage() {
        return stage;
    }

    @Override
    String[] written() {
        return new String[] {"ERROR: UT005023", "/emitter"};
    }
}
