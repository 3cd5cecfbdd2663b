package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An application that is undeployed, whose class inherits a guarded method from a loader that stays,")
class RuledRedeploymentTest {

    private static final String R = Application.SUBJECTS + "Ruled$";

    private final Application lasting = new Application();
    private final Woven woven = Woven.ruled(R + "Child#stream(#p0)", false, lasting.number);
    private final Object base = lasting.create("Ruled$Base");

    RuledRedeploymentTest() throws Exception {}

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void isNotHeldByTheMethod() throws Exception {
        WeakReference<ClassLoader> first = deployed();
        WeakReference<ClassLoader> second = deployed();
        assertThat(woven.engine.calls()).containsExactly(R + "Base#stream(String) c", R + "Base#stream(String) c");
        woven.engine.visits.clear();
        Await.until(() -> {
            System.gc();
            return first.refersTo(null) && second.refersTo(null);
        });
        Application.call(base, "stream", "c");
        assertThat(woven.engine.visits).isEmpty();
    }

    private WeakReference<ClassLoader> deployed() throws Exception {
        Application deployed = new Application(lasting, true) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(R + "Base") ? lasting.loadClass(name) : super.loadClass(name, resolve);
            }
        };
        Application.call(deployed.create("Ruled$Child"), "stream", "c");
        Application.call(deployed.create("Ruled$Sister"), "stream", "c");
        Application.call(base, "stream", "c");
        return new WeakReference<>(deployed);
    }
}
