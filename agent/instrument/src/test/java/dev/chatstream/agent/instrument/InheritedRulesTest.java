package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule guards, of what is inherited,")
class InheritedRulesTest {

    private static final String R = Application.SUBJECTS + "Ruled$";

    private final Application application = new Application();
    private @Nullable Woven woven;

    @AfterEach
    void close() {
        if (woven != null) {
            woven.close();
        }
    }

    private Woven ruled(String... rules) {
        woven = Woven.ruled(R + String.join("|" + R, rules), false, application.number);
        return woven;
    }

    private @Nullable Object call(String type, String method, Object... arguments) throws Exception {
        return Application.call(application.create("Ruled$" + type), method, arguments);
    }

    @Test
    void whatItsClassInheritsForObjectsOfThatClassOnly() throws Exception {
        Woven ruled = ruled("Child#stream(#p0)");
        assertThat(call("Child", "stream", "c")).isEqualTo("base c");
        assertThat(call("Child", "stream", "c", 7)).isEqualTo("base c7");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stream(String) c", R + "Base#stream(String, int) c");
        assertThat(call("Base", "stream", "c")).isEqualTo("base c");
        assertThat(call("Sister", "stream", "c")).isEqualTo("base c");
        assertThat(ruled.engine.visits).hasSize(2);
        assertThat(ruled.said()).isEmpty();
    }

    @Test
    void whatItsClassInheritsAlsoWhereTheOtherWasUsedBefore() throws Exception {
        Woven ruled = ruled("Child#stream(#p0)");
        assertThat(call("Sister", "stream", "c")).isEqualTo("base c");
        assertThat(call("Child", "stream", "c")).isEqualTo("base c");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stream(String) c");
        assertThat(call("Sister", "stream", "c")).isEqualTo("base c");
        assertThat(ruled.engine.visits).hasSize(1);
        assertThat(ruled.said()).isEmpty();
    }

    /** The loader of the one shows no class files, so that nothing can be known of the other ahead. */
    @Test
    void whatItsClassInheritsFromAnotherLoadersWhereThatWasUsedBefore() throws Exception {
        Woven ruled = ruled("Child#stream(#p0)");
        Object base = application.create("Ruled$Base");
        Application below = new Application(application, true) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(R + "Base") ? application.loadClass(name) : super.loadClass(name, resolve);
            }
        };
        assertThat(Application.call(base, "stream", "c")).isEqualTo("base c");
        assertThat(Application.call(below.create("Ruled$Child"), "stream", "c")).isEqualTo("base c");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stream(String) c");
        Application.call(base, "stream", "c");
        assertThat(ruled.engine.visits).hasSize(1);
        assertThat(ruled.said()).isEmpty();
    }

    @Test
    void whatItsClassInheritsWhereAllWasLoadedBeforeTheAgent() throws Exception {
        Object base = application.create("Ruled$Base");
        Object child = application.create("Ruled$Child");
        Woven ruled = ruled("Child#stream(#p0)");
        Application.call(base, "stream", "c");
        assertThat(ruled.engine.visits).isEmpty();
        Application.call(child, "stream", "c");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stream(String) c");
        assertThat(ruled.said()).isEmpty();
    }

    @Test
    void whatIsBelowItsClass() throws Exception {
        Woven ruled = ruled("Child#stream[String](#p0)");
        assertThat(call("Grandchild", "stream", "c")).isEqualTo("grandchild base c");
        assertThat(ruled.engine.calls())
                .as("the inner call joins the outer one")
                .containsExactly(R + "Grandchild#stream(String) c", R + "Base#stream(String) c");
    }

    @Test
    void onceWhereAGeneratedSubclassDelegates() throws Exception {
        Woven ruled = ruled("Child#stream[String](#p0)");
        assertThat(call("Child$$SpringCGLIB$$0", "stream", "c")).isEqualTo("base c");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stream(String) c");
    }

    @Test
    void theDeclaredOneBeforeTheInheritedOneOfTheSameSignature() throws Exception {
        Woven ruled = ruled("Half#stream(#p0)");
        assertThat(call("Half", "stream", "c")).isEqualTo("half base c");
        assertThat(call("Half", "stream", "c", 7)).isEqualTo("base c7");
        assertThat(ruled.engine.calls()).containsExactly(R + "Half#stream(String) c", R + "Base#stream(String, int) c");
    }

    @Test
    void anInheritedMethodByTheNearestRuleForEachReceiver() throws Exception {
        Woven ruled = ruled("Base#stream[String]('base')", "Child#stream[String]('child')", "Child#annotated('child')");
        call("Base", "stream", "c");
        call("Sister", "stream", "c");
        call("Child", "stream", "c");
        call("Sister", "annotated", "c");
        call("Child", "annotated", "c");
        assertThat(ruled.engine.visits)
                .extracting(visit -> visit.call.chatId())
                .containsExactly("base", "base", "child", "annotated c", "child");
    }

    @Test
    void whatItsInterfaceInherits() throws Exception {
        Woven ruled = ruled("Chatter#talk(#p0)", "Chatter#hello(#p0)");
        assertThat(call("Talker", "talk", "c")).isEqualTo("talker c");
        assertThat(call("Talker", "hello", "c")).isEqualTo("hello c");
        assertThat(ruled.engine.visits).isEmpty();
        assertThat(call("Chatterbox", "talk", "c")).isEqualTo("chatterbox c");
        assertThat(call("Chatterbox", "hello", "c")).isEqualTo("hello c");
        assertThat(call("Convert", "talk", "c")).isEqualTo("talker c");
        assertThat(ruled.engine.calls())
                .containsExactly(
                        R + "Chatterbox#talk(String) c", R + "Talk#hello(String) c", R + "Talker#talk(String) c");
        assertThat(ruled.said()).isEmpty();
    }
}
