package dev.chatstream.it.mvc;

import dev.chatstream.it.harness.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmitterOnSpring6IT extends EmitterCells {

    @RegisterExtension
    static final Stage stage = onSpring("6");

    @Override
    Stage stage() {
        return stage;
    }
}
