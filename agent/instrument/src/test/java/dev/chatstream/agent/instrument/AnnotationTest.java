package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an annotation says")
class AnnotationTest {

    private static final String MISTAKES = Application.SUBJECTS + "Mistakes#";

    private Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void reachesTheEngineWhole() throws Exception {
        Application.call(application.create("Annotated"), "all", "c", 17L, 3);
        assertThat(woven.engine.only().call)
                .isEqualTo(new Call(
                        new Call.Rule(
                                Application.SUBJECTS + "Annotated#all(String, Object, int)",
                                OnBusy.SUPERSEDE,
                                Duration.ofMillis(200),
                                OnLost.CONTINUE,
                                false),
                        "c",
                        "17",
                        "r-3"));
    }

    @Test
    void isAsConfiguredWhereItSaysNothing() throws Exception {
        Application.call(application.create("Annotated"), "defaults", new StringBuilder("built"));
        assertThat(woven.engine.only().call)
                .isEqualTo(new Call(
                        new Call.Rule(Application.SUBJECTS + "Annotated#defaults(Object)", null, null, null, true),
                        "built",
                        null,
                        null));
    }

    @Test
    void countsAsNullWhereItThrowsAtACallAndSaysSoOnce() throws Exception {
        Object failing = application.type("Annotated$Failing").getConstructor().newInstance();
        Object annotated = application.create("Annotated");
        assertThat(Application.call(annotated, "failing", failing)).isEqualTo("ran");
        assertThat(Application.call(annotated, "failing", failing)).isEqualTo("ran");
        assertThat(Application.call(annotated, "failing", new Object[] {null})).isEqualTo("ran");
        assertThat(woven.engine.visits)
                .hasSize(3)
                .allSatisfy(visit -> assertThat(visit.call.chatId()).isNull());
        assertThat(woven.said())
                .containsExactly(Application.SUBJECTS + "Annotated#failing(Failing): chatId \"#chat.id\" counts as null"
                        + " at a call: java.lang.IllegalStateException: no\\nid. Said once.");
    }

    @Test
    void isReportedWithPositionWhereItCannotWorkAndTheMethodStaysAsItWas() throws Exception {
        Object mistakes = application.create("Mistakes");
        assertSaid(
                "noParameter(String) is not guarded: chatId = \"#nobody\", character 1: no parameter is called #nobody:"
                        + " there are #chat, or by number #p0.");
        assertSaid("noProperty(Message) is not guarded: chatId = \"#message.chat\", character 9: "
                + Application.SUBJECTS + "Mistakes$Message has no .chat.");
        assertSaid("noPropertyDeeper(Message) is not guarded: chatId = \"#message.author.name.bytez\", character 21:"
                + " java.lang.String has no .bytez.");
        assertSaid("ofPrimitive(int) is not guarded: chatId = \"#number.value\", character 8: int has no .value.");
        assertSaid(
                "keys(Message) is not guarded: requestId = \"#message.chatId['x']\", character 16: java.lang.String has"
                        + " no ['x'].");
        assertSaid(
                "noChatId(String) is not guarded: it says no chat id: write chatId = \"#…\", or @ChatId at the parameter"
                        + " that is it.");
        assertSaid("twoChatIds(String, String) is not guarded: several parameters carry @ChatId; one is the chat id.");
        Class<?> message = application.type("Mistakes$Message");
        assertThat(Application.call(mistakes, "noParameter", "c")).isEqualTo("c");
        assertThat(Application.call(mistakes, "noProperty", new Object[] {null}))
                .isEqualTo("ran");
        assertThat(woven.engine.visits).isEmpty();
        assertThat(message.isRecord()).isTrue();
    }

    @Test
    void isRemarkedWhereATypeBelowMayHaveTheProperty() throws Exception {
        Object mistakes = application.create("Mistakes");
        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(MISTAKES + "maybe(Message): chatId = \"#message.author.nick\", character 16: ")
                        .contains("Mistakes$Author has no .nick"));
        Object named = application.create("Mistakes$Named");
        Object message = application
                .type("Mistakes$Message")
                .getConstructor(String.class, application.type("Mistakes$Author"))
                .newInstance("c", named);
        Application.call(mistakes, "maybe", message);
        assertThat(woven.engine.only().call.chatId()).isEqualTo("nick");
    }

    @Test
    void isLeftToTheCallWhereOnlyTheObjectCanTell() throws Exception {
        Object mistakes = application.create("Mistakes");
        assertThat(woven.said()).noneMatch(line -> line.contains("ofMap") || line.contains("ofObject"));
        Application.call(mistakes, "ofMap", Map.of("anything", Map.of("deeper", Map.of("key", "c"))));
        Application.call(mistakes, "ofObject", Map.of("anything", "d"));
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "d");
    }

    @Test
    void isAsConfiguredWhereItsTimeIsWrong() throws Exception {
        Application.call(application.create("Mistakes"), "wrongTime", "c");
        assertSaid(
                "wrongTime(String): acquireTimeout = \"soon\" is no time: allowed is a number with ms, s, m or h, or ISO"
                        + " as PT5S, from 0 to 10 minutes; the configured acquire-timeout is used.");
        assertThat(woven.engine.only().call.rule().acquireTimeout()).isNull();
    }

    @Test
    void isIgnoredWhereTheAgentIsOlderThanIt() throws Exception {
        application.give("app.Newer", Files.ofANewerApi("app/Newer"));
        application.loadClass("app.Newer").getMethod("ask", Object.class).invoke(null, "c");
        assertThat(woven.engine.only().call.rule().onBusy()).isNull();
        assertThat(woven.said())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("its annotation's priority is not known to this agent"))
                .anySatisfy(line -> assertThat(line).contains("its annotation's groups is not known to this agent"))
                .anySatisfy(line -> assertThat(line).contains("onBusy = NEGOTIATE is not known to this agent"));
    }

    @Test
    void failsTheCallWhereItCannotWorkUnderStrict() throws Exception {
        woven.close();
        woven = Woven.strict();
        Object mistakes = application.create("Mistakes");
        assertThatThrownBy(() -> Application.call(mistakes, "noParameter", "c"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(MISTAKES + "noParameter(String): chatId = \"#nobody\", character 1");
        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .contains("noParameter(String) is not guarded")
                        .endsWith("strict=true: calling it throws IllegalStateException."));
        assertThat(Application.call(mistakes, "wrongTime", "c")).isEqualTo("ran");
    }

    private void assertSaid(String line) {
        assertThat(woven.said()).contains(MISTAKES + line);
    }
}
