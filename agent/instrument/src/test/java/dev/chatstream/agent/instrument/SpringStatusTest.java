package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An exception of the API, when it loads,")
class SpringStatusTest {

    private static final class Seen extends ClassVisitor {
        private final List<String> statuses = new ArrayList<>();

        Seen() {
            super(Opcodes.ASM9);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visitEnum(String name, String type, String value) {
                    statuses.add(descriptor + name + " " + value);
                }
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ChatBusyException, CONFLICT",
        "ChatLockUnavailableException, SERVICE_UNAVAILABLE",
        "ChatAbortedException, CONFLICT"
    })
    void bearsItsStatusForSpring(String type, String status) throws Exception {
        byte[] file = Application.compiled("dev.chatstream." + type);
        byte[] annotated = SpringStatus.on(file, Api.springStatusOf("dev/chatstream/" + type));

        Seen seen = new Seen();
        new ClassReader(annotated).accept(seen, 0);
        assertThat(seen.statuses)
                .containsExactly("Lorg/springframework/web/bind/annotation/ResponseStatus;code " + status);
    }

    @Test
    void isTheOnlyThingThatIsTouched() {
        assertThat(Api.springStatusOf("dev/chatstream/ActiveStream")).isNull();
        assertThat(Api.springStatusOf("com/acme/ChatBusyException")).isNull();
    }
}
