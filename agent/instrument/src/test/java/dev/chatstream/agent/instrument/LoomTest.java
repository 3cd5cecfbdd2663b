package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kotlin.coroutines.Continuation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A body is woven that")
class LoomTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void returnsWhileMoreThanTheValueIsOnTheStack() throws Exception {
        assertThat(asked(Opcodes.V17, OddBodies::deepReturn, "c")).isEqualTo("c");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    /** What happens in the agent is none of the body's business. */
    @Test
    void catchesWhatItsReturnThrowsAndNothingOfWhatIsWoven() throws Exception {
        byte[] file = Files.withBody(Opcodes.V17, "app/Odd", OddBodies::catchesItsReturn);
        assertThat(asked(file, "c")).isEqualTo("c");
        assertThat(woven.engine.only().events).containsExactly("leave");
        assertThat(coveredCalls(weave("app/Odd", file))).isEmpty();
    }

    @Test
    void takesManyParametersAndReturnsWithAFullStack() throws Exception {
        Class<?> odd = define(Files.withManyParameters("app/Odd", 85));
        Object[] arguments = new Object[170];
        Arrays.setAll(arguments, number -> number % 2 == 0 ? "p" + number : (Object) (long) number);
        Application.callStatic(odd, "ask", arguments);
        assertThat(woven.engine.only().call.chatId()).isEqualTo("p168/169");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void goesBackToItsFirstInstruction() throws Exception {
        assertThat(asked(Opcodes.V17, OddBodies::loop, "c")).isNull();
        assertThat(woven.engine.calls()).hasSize(1);
    }

    /** Without Kotlin's library of coroutines beside it. */
    @Test
    void mayBeLeftOutWhereItSuspends() throws Exception {
        Class<?> odd = define(Files.suspending("app/Odd", OddBodies::suspendingLoop));
        Continuation<?> caller = (Continuation<?>) Proxy.newProxyInstance(
                Continuation.class.getClassLoader(), new Class<?>[] {Continuation.class}, (self, called, with) -> null);
        assertThat(Application.callStatic(odd, "ask", "c", 3L, caller)).isEqualTo(3L);
        assertThat(woven.engine.calls()).isEmpty();
        assertThat(woven.said())
                .containsExactly("app.Odd#ask runs unguarded: its class sees no kotlinx.coroutines. Said once.");
    }

    @Test
    void forgetsItsParameters() throws Exception {
        assertThat(asked(Opcodes.V17, OddBodies::forgetful, "c")).isEqualTo("forgotten");
    }

    @Test
    void jumpsFurtherThanAJumpCouldOnceItIsLonger() throws Exception {
        assertThat(asked(Opcodes.V17, OddBodies::farJump, "c")).isEqualTo("c");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void hasManyLocalVariables() throws Exception {
        assertThat(asked(Opcodes.V17, OddBodies::manyLocals, "c")).isEqualTo("c");
        assertThat(woven.engine.calls()).hasSize(1);
    }

    @Test
    void leavesNoSlotForALocalVariableIsNot() throws Exception {
        assertThat(asked(Opcodes.V17, OddBodies::allSlots, "c")).isEqualTo("c");
        assertThat(woven.engine.calls()).isEmpty();
        assertThat(woven.said()).singleElement().asString().contains("app.Odd cannot be woven, and runs unguarded");
    }

    /** Before Java 7 the JVM finds out by itself what javac writes down today. */
    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6})
    void hasBranchesAndNoFrames(int version) throws Exception {
        assertThat(asked(version, OddBodies::noFrames, "c")).isEqualTo("c");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void hasSubroutinesOfJava1_4() throws Exception {
        assertThat(asked(Opcodes.V1_4, OddBodies::subroutine, "c")).isEqualTo("c");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    @Test
    void throwsWithAHandlerOfItsOwnAround() {
        assertThatThrownBy(() -> asked(Opcodes.V17, OddBodies::rethrowing, "c"))
                .isExactlyInstanceOf(ClassCastException.class);
        assertThat(woven.engine.only().events).containsExactly("fail");
    }

    private @Nullable Object asked(int version, Consumer<MethodVisitor> body, Object chat) throws Exception {
        return asked(Files.withBody(version, "app/Odd", body), chat);
    }

    private @Nullable Object asked(byte[] file, Object chat) throws Exception {
        return Application.callStatic(define(file), "ask", chat);
    }

    private Class<?> define(byte[] file) throws ClassNotFoundException {
        application.give("app.Odd", file);
        return application.loadClass("app.Odd");
    }

    private static byte[] weave(String type, byte[] file) {
        return new Loom()
                .weave(
                        type,
                        file,
                        new Plan(Map.of(), Map.of(), Set.of("ask(Ljava/lang/Object;)Ljava/lang/Object;"), new Lines()));
    }

    /** The woven calls that stand in a range of exceptions. */
    private static List<String> coveredCalls(byte[] file) {
        List<String> covered = new ArrayList<>();
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new Covered(covered);
                            }
                        },
                        0);
        return covered;
    }

    private static final class Covered extends MethodVisitor {
        private final List<String> covered;
        private final List<Label[]> ranges = new ArrayList<>();
        private final List<Label> open = new ArrayList<>();

        Covered(List<String> covered) {
            super(Opcodes.ASM9);
            this.covered = covered;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            ranges.add(new Label[] {start, end});
        }

        @Override
        public void visitLabel(Label label) {
            for (Label[] range : ranges) {
                if (range[1] == label) {
                    open.remove(range[0]);
                }
                if (range[0] == label) {
                    open.add(label);
                }
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals(Api.DISPATCHER) && !open.isEmpty()) {
                covered.add(name);
            }
        }
    }
}
