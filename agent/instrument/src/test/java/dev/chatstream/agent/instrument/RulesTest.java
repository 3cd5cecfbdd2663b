package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.Journal.Level;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule guards")
class RulesTest {

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
    void theMethodsThatItsClassDeclares() throws Exception {
        Woven ruled = ruled("Overloads#ask[String](#chat)", "Overloads#ask[java.lang.String,int](#p0 + #p1)");
        assertThat(call("Overloads", "other", "c")).isEqualTo("other");
        assertThat(ruled.engine.visits).isEmpty();
        assertThat(call("Overloads", "ask", "c")).isEqualTo("one");
        assertThat(call("Overloads", "ask", "c", 7)).isEqualTo("two");
        assertThat(ruled.engine.calls())
                .containsExactly(R + "Overloads#ask(String) c", R + "Overloads#ask(String, int) c7");
        assertThat(ruled.said()).isEmpty();
        assertThat(ruled.idle()).isEmpty();
    }

    @Test
    void allOverloadsWhereItPicksNoneAndOneThatPicksCountsBefore() throws Exception {
        Woven ruled = ruled("Overloads#ask(#p0)", "Overloads#ask[String...]('many')");
        call("Overloads", "ask", "c");
        call("Overloads", "ask", "c", 7);
        Object overloads = application.create("Ruled$Overloads");
        overloads.getClass().getMethod("ask", String[].class).invoke(overloads, (Object) new String[] {"d"});
        assertThat(ruled.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "c", "many");
    }

    @Test
    void byEitherSpellingOfANestedClass() throws Exception {
        woven = Woven.ruled(R.replace('$', '.') + "Base#stream[String](#p0)", false, application.number);
        call("Base", "stream", "c");
        assertThat(woven.engine.calls()).containsExactly(R + "Base#stream(String) c");
    }

    @Test
    void staticAndPrivateOnes() throws Exception {
        Woven ruled = ruled("Base#stat(#p0)", "Base#hidden(#p0)");
        assertThat(application.callStatic("Ruled$Base", "stat", "c")).isEqualTo("static c");
        assertThat(call("Base", "callHidden", "d")).isEqualTo("hidden d");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stat(String) c", R + "Base#hidden(String) d");
    }

    @Test
    void asAnnotationsDoWithPoliciesAndFurtherIds() throws Exception {
        Woven ruled = ruled("Base#stream[String,int](#chat,streamId='s' + #number,onBusy=REJECT,acquireTimeout=3s,"
                + "onLost=CONTINUE,interruptible=false)");
        call("Base", "stream", "c", 7);
        assertThat(ruled.engine.only().call.streamId()).isEqualTo("s7");
        assertThat(ruled.engine.only().call.rule())
                .hasToString("Rule[method=" + R
                        + "Base#stream(String, int), onBusy=REJECT, acquireTimeout=PT3S, onLost=CONTINUE,"
                        + " interruptible=false, subscribed=false]");
    }

    @Test
    void beforeTheAnnotationOfTheSameMethod() throws Exception {
        Woven ruled = ruled("Base#annotated('ruled ' + #p0)");
        call("Base", "annotated", "c");
        assertThat(ruled.engine.only().call.chatId()).isEqualTo("ruled c");
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
    void whatImplementsItsInterface() throws Exception {
        Woven ruled = ruled("Talk#talk(#p0)");
        assertThat(call("Chatterbox", "talk", "c")).isEqualTo("chatterbox c");
        assertThat(call("Talker", "talk", "d")).isEqualTo("talker d");
        Class<?> talk = application.type("Ruled$Talk");
        Object proxy = Proxy.newProxyInstance(
                application, new Class<?>[] {talk}, (self, method, arguments) -> "proxy " + arguments[0]);
        assertThat(talk.getMethod("talk", String.class).invoke(proxy, "e")).isEqualTo("proxy e");
        assertThat(ruled.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "d", "e");
        assertThat(ruled.idle()).isEmpty();
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

    @Test
    void genericMethodsByTheirErasure() throws Exception {
        Woven ruled = ruled("Generic#take[Object](#p0)", "Strings#pass(#p0)");
        assertThat(call("Strings", "take", "c")).isEqualTo("taken c");
        assertThat(call("Strings", "pass", "c")).isEqualTo("passed c");
        assertThat(ruled.engine.calls()).containsExactly(R + "Strings#take(String) c", R + "Generic#pass(Object) c");
    }

    @Test
    void nothingOfTheJdkAndSaysSo() {
        Woven ruled = ruled("Task#run('task')", "Hard#none(#p0)", "Hard#open(#p0)", "Child#stat(#p0)", "Child#hidden");
        application.type("Ruled$Task");
        application.type("Ruled$Hard");
        application.type("Ruled$Child");
        assertThat(ruled.said())
                .containsExactlyInAnyOrder(
                        "java.lang.Thread#run() is not guarded as the rule " + R
                                + "Task#run('task') (the test, column 1)"
                                + " says: it is inherited from the JDK, whose classes are not woven; override it.",
                        R + "Hard#none(String) is not guarded as the rule " + R
                                + "Hard#none(#p0) (the test, column " + column(1)
                                + ") says: native methods have no body to guard; annotate a method that calls it.");
        assertThat(ruled.idle())
                .hasSize(5)
                .anySatisfy(
                        line -> assertThat(line).contains("Task#run('task')", "guards nothing: java.lang.Thread#run()"))
                .anySatisfy(line -> assertThat(line).contains("Hard#none", "native"))
                .anySatisfy(line -> assertThat(line).contains("Hard#open(String): is abstract, and no method that"))
                .anySatisfy(line -> assertThat(line).contains("is static", "name it as " + R + "Base#stat"))
                .anySatisfy(line -> assertThat(line).contains("is private there", "name it as " + R + "Base#hidden"));
    }

    private static int column(int number) {
        return number * (R + "Task#run('task')|").length() + 1;
    }

    @Test
    void nothingBySlipsOfThePenAndNamesWhatMayHaveBeenMeant() throws Exception {
        Woven ruled = ruled(
                "Chidl#stream",
                "Base#strem",
                "Base#stream[int]",
                "Base#xyz",
                "Overloads#ask[String](#caht)",
                "Hard#lambda$lambda$0");
        for (String type : List.of("Child", "Base", "Overloads", "Hard")) {
            application.type("Ruled$" + type);
        }
        List<String> idle = ruled.idle();
        assertThat(idle).hasSize(6);
        assertThat(idle.get(0)).endsWith("no class " + R + "Chidl was loaded so far; similar: " + R + "Child.");
        assertThat(idle.get(1)).endsWith(R + "Base has no method strem; similar: stream.");
        assertThat(idle.get(2))
                .endsWith(R + "Base has no stream with these parameters; there are stream[java.lang.String,int],"
                        + " stream[java.lang.String].");
        assertThat(idle.get(3))
                .endsWith(R + "Base has no method xyz; there are annotated, callHidden, give, hidden, stat, stream.");
        assertThat(idle.get(4)).contains("no parameter is called #caht");
        assertThat(idle.get(5)).contains("is made by the compiler");
    }

    @Test
    void nothingWhileItIsWrongAndUnderStrictTheCallFails() throws Exception {
        woven = Woven.ruled(R + "Child#stream[String](#caht)", true, application.number);
        assertThat(call("Sister", "stream", "c")).isEqualTo("base c");
        Object child = application.create("Ruled$Child");
        assertThatThrownBy(() -> Application.call(child, "stream", "c"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no parameter is called #caht");
    }

    @Test
    void moreThanWasSaidWhichIsNews() throws Exception {
        Woven ruled = ruled("Child#stream(#p0)");
        assertThat(ruled.idle()).hasSize(1);
        call("Child", "stream", "c");
        assertThat(ruled.journal.lines()).anySatisfy(line -> {
            assertThat(line.level()).isEqualTo(Level.INFO);
            assertThat(line.message())
                    .isEqualTo("The rule " + R + "Child#stream(#p0) (the test, column 1) guards " + R
                            + "Base#stream(String) now.");
        });
        assertThat(ruled.idle()).isEmpty();
    }
}
