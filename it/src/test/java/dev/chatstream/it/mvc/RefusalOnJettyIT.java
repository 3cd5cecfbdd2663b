package dev.chatstream.it.mvc;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusalOnJettyIT extends RefusalCells {

    @RegisterExtension
    static final Stage stage = onSpring("7", "dev.chatstream.it.jetty.JettyServer", Libraries.of("jetty"));

    @Override
    Stage stage() {
        return stage;
    }

    @Override
    String[] written() {
        return new String[] {"WARN org.eclipse.jetty.ee11.servlet.ServletChannel", "/emitter"};
    }
}
