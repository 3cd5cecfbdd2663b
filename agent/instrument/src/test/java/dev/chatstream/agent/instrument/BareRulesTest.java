package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a loader does not see the API, a rule")
class BareRulesTest {

    private static final String B = Application.SUBJECTS + "Bare$";

    /** Shows its own class files, and nothing of the API; notes which were asked for. */
    private static final class WithoutApi extends Application {
        final List<String> read = new ArrayList<>();

        WithoutApi() {
            super(ClassLoader.getPlatformClassLoader(), true);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            read.add(name.substring(name.lastIndexOf('$') + 1).replace(".class", ""));
            return name.contains("/subjects/")
                    ? Application.class.getClassLoader().getResourceAsStream(name)
                    : null;
        }
    }

    private final WithoutApi application = new WithoutApi();
    private @Nullable Woven woven;

    @BeforeEach
    void nothingIsReadYet() {
        assertThat(application.read).isEmpty();
    }

    @AfterEach
    void close() {
        if (woven != null) {
            woven.close();
        }
    }

    private Woven ruled(String rule) {
        woven = Woven.ruled(B + rule, false, application.number);
        return woven;
    }

    private @Nullable Object call(String type, String method) throws Exception {
        return Application.call(application.create("Bare$" + type), method, "c");
    }

    @Test
    void guardsWhatOverridesAFewStepsBelow() throws Exception {
        Woven ruled = ruled("Top#ask(#p0)");
        assertThat(call("Bottom", "ask")).isEqualTo("bottom");
        assertThat(call("Above", "ask")).isEqualTo("above");
        assertThat(ruled.engine.calls()).containsExactly(B + "Bottom#ask(String) c", B + "Above#ask(String) c");
        assertThat(ruled.said()).isEmpty();
    }

    @Test
    void guardsWhatImplementsByInheriting() throws Exception {
        Woven ruled = ruled("Asking#ask(#p0)");
        assertThat(call("Lent", "ask")).isEqualTo("stranger");
        assertThat(call("Stranger", "ask")).isEqualTo("stranger");
        assertThat(ruled.engine.calls()).containsExactly(B + "Stranger#ask(String) c");
        assertThat(ruled.said()).isEmpty();
    }

    @Test
    void guardsWhatItsClassInheritsFarAbove() throws Exception {
        Woven ruled = ruled("Bottom#tell(#p0)");
        assertThat(call("Top", "tell")).isEqualTo("told");
        assertThat(call("Bottom", "tell")).isEqualTo("told");
        assertThat(ruled.engine.calls()).containsExactly(B + "Top#tell(String) c");
        assertThat(ruled.said()).isEmpty();
    }

    @Test
    void hasNothingReadForClassesThatMentionNoMethodOfItsName() throws Exception {
        Woven ruled = ruled("Nowhere#seek(#p0)");
        call("Bottom", "ask");
        assertThat(application.read)
                .as("of which the first is looked for by itself")
                .doesNotContain("Middle", "Above", "Top");
        call("Lent", "ask");
        assertThat(application.read).contains("SubAsking").doesNotContain("Stranger");
        assertThat(ruled.engine.visits).isEmpty();
    }
}
