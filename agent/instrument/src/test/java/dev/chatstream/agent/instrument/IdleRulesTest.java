package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.Journal.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule guards, and it is said where that is")
class IdleRulesTest {

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
                "Hard#lambda$lambda$0",
                "Base#Base");
        for (String type : List.of("Child", "Base", "Overloads", "Hard")) {
            application.type("Ruled$" + type);
        }
        List<String> idle = ruled.idle();
        assertThat(idle).hasSize(7);
        assertThat(idle.get(0)).endsWith("no class " + R + "Chidl was loaded so far; similar: " + R + "Child.");
        assertThat(idle.get(1)).endsWith(R + "Base has no method strem; similar: stream.");
        assertThat(idle.get(2))
                .endsWith(R + "Base has no stream with these parameters; there are stream[java.lang.String,int],"
                        + " stream[java.lang.String].");
        assertThat(idle.get(3))
                .endsWith(R + "Base has no method xyz; there are annotated, callHidden, give, hidden, stat, stream.");
        assertThat(idle.get(4)).contains("no parameter is called #caht");
        assertThat(idle.get(5)).contains("is made by the compiler");
        assertThat(idle.get(6)).contains("constructors cannot be guarded");
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

    @Test
    void nothingInAClassThatCannotBeWoven() throws Exception {
        woven = Woven.ruled("app.Long#ask(#p0)", false, application.number);
        application.give("app.Long", Files.longPlainMethod("app/Long"));
        assertThat(application
                        .loadClass("app.Long")
                        .getMethod("ask", Object.class)
                        .invoke(null, "c"))
                .isEqualTo("c");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .startsWith("app.Long cannot be woven, and runs unguarded: ");
        assertThat(woven.idle()).singleElement().asString().contains("guards nothing: app.Long cannot be woven: ");
    }

    @Test
    void perhapsNotAllWhereASuperclassCannotBeRead() throws Exception {
        Application silent = new Application(Application.class.getClassLoader(), false);
        woven = Woven.ruled(R + "Half#stream(#p0)|" + R + "Child#annotated[String](#p0)", false, silent.number);
        assertThat(Application.call(silent.create("Ruled$Half"), "stream", "c")).isEqualTo("half base c");
        assertThat(woven.engine.calls()).containsExactly(R + "Half#stream(String) c");
        String rule = "The rule " + R + "Half#stream(#p0) (the test, column 1)";
        String unread = "methods that " + R + "Half inherits from " + R
                + "Base, whose class file cannot be read, are not found; name them by the class that declares them.";
        assertThat(woven.said()).containsExactly(rule + " may not guard all that it means: " + unread);
        assertThat(woven.idle()).singleElement().asString().contains("Child#annotated");
        silent.type("Ruled$Child");
        assertThat(woven.said()).hasSize(2);
        assertThat(woven.idle())
                .singleElement()
                .asString()
                .contains("guards nothing: methods that " + R + "Child inherits from " + R + "Base, whose class file");
    }
}
