package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Inside class loading")
class InsideClassLoadingTest {

    private static final Set<String> OF_RECORDS = Set.of("toString", "hashCode", "equals");

    /** Lambdas, texts put together and pattern switches would have the JDK load and make classes then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transformer",
                "Finder",
                "ClassHead",
                "ClassFiles",
                "Realms",
                "Realm",
                "Lineages",
                "Lineage",
                "Lineage$Inherited",
                "TypeFile",
                "TypeFileReader",
                "TypeFileReader$MethodReader",
                "MethodFile",
                "Elements",
                "Elements$1",
                "Planner",
                "SiteMaker",
                "Policies",
                "Lines",
                "Generated",
                "Unimplemented",
                "ExpressionParser",
                "Parameters",
                "StaticTypes",
                "StaticTypes$Search",
                "Members",
                "ReturnTypes",
                "TypeArguments",
                "ParameterTypes",
                "Plan",
                "Ancestors",
                "Times",
                "ClassSites",
                "Workshop",
                "Loom",
                "Loom$Chosen",
                "Loom$Planned",
                "Later",
                "Later$Worker",
                "Weaving$Consequences",
            })
    void nothingIsGeneratedOnTheFly(String type) {
        List<String> found = new ArrayList<>();
        new ClassReader(Application.compiled("dev.chatstream.agent.instrument." + type))
                .accept(new Search(found), ClassReader.SKIP_FRAMES);
        assertThat(found).isEmpty();
    }

    private static final class Search extends ClassVisitor {
        private final List<String> found;

        Search(List<String> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
                    if (!OF_RECORDS.contains(method)) {
                        found.add(method + ": " + bootstrap.getOwner());
                    }
                }
            };
        }
    }
}
