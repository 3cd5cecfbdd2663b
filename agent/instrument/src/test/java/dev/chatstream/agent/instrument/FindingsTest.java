package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("It is kept for the report")
class FindingsTest {

    private static final String R = Application.SUBJECTS + "Ruled$";

    private final Application application = new Application();

    @Test
    void whichMethodsAreGuardedByWhatAndWhichAreNotAndWhy() throws Exception {
        String rule = R + "Base#stream[String](#chat)";
        try (Woven ruled = Woven.ruled(rule + "|" + R + "Base#give(#p1)", false, application.number)) {
            assertThat(ruled.findings()).isEmpty();
            application.type("Ruled$Grandchild");

            assertThat(ruled.findings())
                    .extracting(Finding::verdict, Finding::method)
                    .map(Object::toString)
                    .containsExactly(
                            "(NOT_GUARDED, \"" + R + "Base#give(List)\")",
                            "(GUARDED, \"" + R + "Base#annotated(String)\")",
                            "(GUARDED, \"" + R + "Base#stream(String)\")",
                            "(GUARDED, \"" + R + "Grandchild#stream(String)\")");
            assertThat(ruled.findings().get(0).why()).contains("chatId = \"#p1\", character 1");
            assertThat(ruled.findings().get(1).source()).isEqualTo("annotation");
            assertThat(ruled.findings().get(3).source()).isEqualTo("rule " + rule + " (the test, column 1)");
        }
    }

    @Test
    void whatBecameOfAClassThatFailedAndWasWovenAfterAll() throws Exception {
        Findings findings = new Findings();
        findings.failed("com/acme/Chat", "it was not meant to be");
        assertThat(findings.findings())
                .singleElement()
                .isEqualTo(new Finding(
                        Verdict.NOT_GUARDED,
                        "com.acme.Chat",
                        "",
                        "",
                        java.util.Map.of(),
                        java.util.List.of(),
                        "it was not meant to be"));
    }
}
