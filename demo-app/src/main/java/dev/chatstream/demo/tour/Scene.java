package dev.chatstream.demo.tour;

import java.io.IOException;

/** One thing that goes wrong in chat services, played without ChatStream and with it. */
interface Scene {

    String title();

    /** What ChatStream promises here, for the table. */
    String promise();

    Finding without(Stage stage) throws IOException;

    Finding with(Stage stage) throws IOException;

    /** What was measured; {@code measured} stands in the table. */
    sealed interface Finding {
        String measured();
    }

    record AsPromised(String measured) implements Finding {}

    record Otherwise(String measured) implements Finding {}

    /** Could not be played with what the tour was given; no fault. */
    record LeftOut(String measured) implements Finding {}

    static Finding finding(boolean asPromised, String measured) {
        return asPromised ? new AsPromised(measured) : new Otherwise(measured);
    }
}
