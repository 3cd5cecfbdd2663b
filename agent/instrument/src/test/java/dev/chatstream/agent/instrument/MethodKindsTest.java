package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Methods of every kind are guarded")
class MethodKindsTest {

    private static final String M = Application.SUBJECTS + "Methods";

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void anInstanceMethod() throws Exception {
        assertThat(call("plain", "c")).isEqualTo("plain c");
        guardedOnce(M + "#plain(String) c");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void oneWhoseParameterIsAnnotated() throws Exception {
        assertThat(call("annotatedParameter", 7, "c")).isEqualTo("7c");
        guardedOnce(M + "#annotatedParameter(int, String) c");
    }

    @Test
    void staticPrivateAndFinalOnes() throws Exception {
        assertThat(application.callStatic("Methods", "ofClass", "a")).isEqualTo("static a");
        assertThat(application.callStatic("Methods", "hiddenOfClass", "b")).isEqualTo("private static b");
        assertThat(call("hidden", "c")).isEqualTo("private c");
        assertThat(call("last", "d")).isEqualTo("final d");
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void synchronizedOnesWithARemark() throws Exception {
        assertThat(call("locked", "c")).isEqualTo("synchronized c");
        guardedOnce(M + "#locked(String) c");
        assertThat(woven.said()).singleElement().asString().contains("Methods#locked(String): it is synchronized");
    }

    @Test
    void genericOnes() throws Exception {
        assertThat(call("generic", 5, "c")).isEqualTo(5);
        guardedOnce(M + "#generic(Comparable, String) c");
    }

    @Test
    void overloadsEachByItsOwnAnnotation() throws Exception {
        assertThat(call("overloaded", "c")).isEqualTo("one");
        assertThat(call("overloaded", "c", 1)).isEqualTo("two");
        assertThat(woven.engine.calls())
                .containsExactly(M + "#overloaded(String) c", M + "#overloaded(String, int) second c");
    }

    @Test
    void thoseThatThrowCheckedExceptions() {
        assertThatThrownBy(() -> call("throwing", "c"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("its own");
        assertThat(woven.engine.only().events).containsExactly("fail");
    }

    @Test
    void thoseWithPrimitives() throws Exception {
        Object result = call("primitives", 1L, "c", 2.5, 3, true, (byte) 4, 'f', (short) 5, 6.5f);
        assertThat(result).isEqualTo(4L);
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c12.53true4f56.5");
        assertThat(call("decimal", 1L, 2.5, "d")).isEqualTo(2.5);
        assertThat(call("truth", "e")).isEqualTo(true);
    }

    @Test
    void thoseWithVariableArguments() throws Exception {
        assertThat(call("array", "c", new int[] {1, 2})).isEqualTo(new int[] {1, 2});
        guardedOnce(M + "#array(String, int[]) c");
    }

    @Test
    void thoseThatHoldLambdasAndLoops() throws Exception {
        assertThat(call("lambdas", "c")).isEqualTo(List.of("C"));
        assertThat(call("reassigning", "d")).isEqualTo("d!0.1.");
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "d");
    }

    @Test
    void thoseOfInnerAndNestedClasses() throws Exception {
        Object outer = application.create("Methods");
        Object inner = application
                .type("Methods$Inner")
                .getConstructor(application.type("Methods"))
                .newInstance(outer);
        assertThat(Application.call(inner, "inner", 1L, "c")).isEqualTo("inner plain c");
        assertThat(Application.call(application.create("Methods$Nested"), "nested", "d"))
                .isEqualTo("nested d");
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "c", "d");
    }

    @Test
    void thoseOfRecordsAndEnums() throws Exception {
        Object request = application
                .type("Request")
                .getConstructor(String.class, int.class)
                .newInstance("prefix", 1);
        assertThat(Application.call(request, "ask", "c")).isEqualTo("prefix c");
        Object model = application.type("Model").getEnumConstants()[1];
        assertThat(Application.call(model, "ask", "d")).isEqualTo("LARGE d");
        Object overriding = application.type("Model").getEnumConstants()[0];
        assertThat(Application.call(overriding, "ask", "e")).isEqualTo("small e");
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "d", "e");
    }

    @Test
    void defaultStaticAndPrivateOnesOfInterfaces() throws Exception {
        Object implementation = application.create("Interface$Implementation");
        assertThat(Application.call(implementation, "asDefault", "c")).isEqualTo("default c");
        assertThat(application.callStatic("Interface", "ofInterface", "d")).isEqualTo("static d");
        assertThat(Application.call(implementation, "viaPrivate", "e")).isEqualTo("private e");
        assertThat(woven.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "d", "e");
    }

    @Test
    void theCompilersBridgesAreNot() throws Exception {
        Object handler = application.create("Bridged");
        @SuppressWarnings("unchecked")
        Callable<Object> ask = () -> ((java.util.function.Function<Object, Object>) handler).apply("c");
        assertThat(ask.call()).isEqualTo("bridged c");
        guardedOnce(Application.SUBJECTS + "Bridged#apply(String) c");
    }

    @Test
    void exceptionsOfTheGuardsOwnAreNotTheMethods() throws Exception {
        woven.engine.answers(call -> {
            throw new UnsupportedOperationException("broken");
        });
        assertThat(call("plain", "c")).isEqualTo("plain c");
        assertThat(call("plain", "d")).isEqualTo("plain d");
        assertThat(woven.said().stream().filter(line -> line.contains("broken")))
                .hasSize(1);
    }

    @Test
    void aCallWithoutAnAgentPasses() throws Exception {
        Object methods = application.create("Methods");
        woven.close();
        assertThat(Application.call(methods, "plain", "c")).isEqualTo("plain c");
        assertThat(woven.engine.visits).isEmpty();
    }

    @Test
    void constructorsAndNativeMethodsAreRefusedWithALine() throws Exception {
        application.type("Refused");
        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .contains("Refused#nativeOne(String) is not guarded")
                        .contains("native"));
        Application other = new Application();
        other.give("app.Constructed", Files.annotatedConstructor("app/Constructed"));
        other.loadClass("app.Constructed");
        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .contains("app.Constructed#<init>() is not guarded")
                        .contains("constructors cannot be guarded"));
    }

    private Object call(String method, Object... arguments) throws Exception {
        return Application.call(application.create("Methods"), method, arguments);
    }

    private void guardedOnce(String call) {
        assertThat(woven.engine.calls()).containsExactly(call);
    }
}
