package dev.chatstream.it.mvc;

import dev.chatstream.it.harness.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusalOnSpring62IT extends RefusalCells {

    @RegisterExtension
    static final Stage stage = onSpring("6.2");

    @Override
    Stage stage() {
        return stage;
    }
}
