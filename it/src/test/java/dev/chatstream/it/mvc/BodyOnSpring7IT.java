package dev.chatstream.it.mvc;

import dev.chatstream.it.harness.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;

class BodyOnSpring7IT extends BodyCells {

    @RegisterExtension
    static final Stage stage = onSpring("7");

    @Override
    Stage stage() {
        return stage;
    }
}
