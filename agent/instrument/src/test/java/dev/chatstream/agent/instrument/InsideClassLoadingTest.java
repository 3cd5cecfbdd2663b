package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.shapes.Shapes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Inside class loading")
class InsideClassLoadingTest {

    private static final Set<String> OF_RECORDS = Set.of("toString", "hashCode", "equals");

    /** What the shapes are made with, beside themselves. */
    private static final Set<String> PARTS = Set.of(
            "Shapes",
            "Shapes$Held",
            "Shapes$Parts",
            "ShapeTable",
            "ShapeTable$1",
            "Arguments",
            "Arguments$1",
            "Following",
            "Lookout",
            "Library",
            "Adapters",
            "Adapters$1",
            "StandIns",
            "NamedMethod",
            "Handles",
            "TokenStreamSlots",
            "FlowAdapter",
            "HandedOut");

    private static final Set<String> MADE_AND_ASKED = Set.of(
            "<init>",
            "<clinit>",
            "ofFlow",
            "ofPublisher",
            "named",
            "types",
            "replaces",
            "isSubscribed",
            "isHolder",
            "parts",
            "make",
            "table",
            "ofDeclared",
            "areSubscribed",
            "areHolders",
            "followedAs",
            "nameOfDeclared",
            "isPlain",
            "replace",
            "by");

    /** Lambdas, texts put together and pattern switches would have the JDK load and make classes then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transformer",
                "Telemetry",
                "Retries",
                "Finder",
                "Api",
                "SpringStatus",
                "SpringStatus$Adding",
                "LastResorts",
                "LastResorts$Passed",
                "AbortLines",
                "AbortLines$Methods",
                "AbortLines$Calls",
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
                "Findings",
                "Assembly$Consequences",
                "Generated",
                "Heritage",
                "Adoption",
                "Adoptions",
                "Wanted",
                "Declaration",
                "MethodRule",
                "MethodRules",
                "RuleOutcome",
                "WantedNames",
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
                "Connection",
                "Dispatchers",
                "Assembly",
                "Assembly$1",
                "Loom",
                "Loom$1",
                "Loom$2",
                "Loom$3",
                "Loom$Weft",
                "Loom$Locals",
                "Loom$Locals$OfBody",
                "WovenMethod",
                "GuardedBody",
                "ExceptionRanges",
                "ExceptionRanges$Range",
                "ExceptionRanges$Woven",
                "AnsweredBody",
                "AnsweredBody$OfBridge",
                "AnsweredBody$OfFramework",
                "Later",
                "Later$Worker",
            })
    void nothingIsGeneratedOnTheFly(String type) {
        List<String> found = new ArrayList<>();
        new ClassReader(Application.compiled("dev.chatstream.agent.instrument." + type))
                .accept(new Search(found), ClassReader.SKIP_FRAMES);
        assertThat(found).isEmpty();
    }

    /** The shapes are made and asked there too; followed only when a method is called. */
    @ParameterizedTest
    @MethodSource("shapes")
    void shapesAreMadeAndAskedWithoutAnythingGeneratedOnTheFly(String type) {
        List<String> found = new ArrayList<>();
        shape(type).accept(new Search(found), ClassReader.SKIP_FRAMES);
        assertThat(found).noneMatch(method -> MADE_AND_ASKED.contains(method.substring(0, method.indexOf(':'))));
    }

    static List<String> shapes() throws Exception {
        Path classes = Path.of(
                Shapes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(classes)) {
            return classesIn(classes);
        }
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
            return classesIn(jar.getPath("/"));
        }
    }

    private static List<String> classesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("dev/chatstream/agent/shapes"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .filter(type -> PARTS.contains(type) || isShape(shape(type)))
                    .toList();
        }
    }

    private static boolean isShape(ClassReader type) {
        return List.of(type.getInterfaces()).contains("dev/chatstream/agent/shapes/Shape");
    }

    private static ClassReader shape(String type) {
        return new ClassReader(Application.compiled("dev.chatstream.agent.shapes." + type));
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
