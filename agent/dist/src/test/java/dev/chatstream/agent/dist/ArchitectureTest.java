package dev.chatstream.agent.dist;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which part of the agent may know which. It stands here because this module alone has all parts on its class path.
 */
class ArchitectureTest {

    private static final String CORE = "dev.chatstream.agent.core..";
    private static final String REDIS = "dev.chatstream.agent.redis..";
    private static final String SHAPES = "dev.chatstream.agent.shapes..";
    private static final String ADAPTERS = "dev.chatstream.agent.adapters..";
    private static final String INSTRUMENT = "dev.chatstream.agent.instrument..";
    private static final String[] JDK = {"java..", "javax..", "org.jspecify.annotations.."};
    private static final String[] REDIS_CLIENT = {"io.lettuce..", "io.netty..", "reactor..", "org.reactivestreams.."};
    private static final String BYTE_BUDDY = "net.bytebuddy..";

    /** What the adapters are linked to is among them. */
    private static final int MOST_PUBLIC_TYPES = 20;

    private static final JavaClasses AGENT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.chatstream.agent");

    @Test
    void coreKnowsTheJdkOnly() {
        in(CORE, knowsOnly(JDK)).check(AGENT);
    }

    @Test
    void redisKnowsCoreAndTheRedisClient() {
        in(REDIS, knowsOnly(JDK, REDIS_CLIENT, new String[] {CORE})).check(AGENT);
    }

    @Test
    void shapesKnowCoreAndTheClassFileLibrary() {
        in(SHAPES, knowsOnly(JDK, new String[] {CORE, "net.bytebuddy.jar.asm.."}))
                .check(AGENT);
    }

    @Test
    void instrumentKnowsCoreShapesAndByteBuddy() {
        in(INSTRUMENT, knowsOnly(JDK, new String[] {CORE, SHAPES, BYTE_BUDDY})).check(AGENT);
    }

    /** The application's may be the same libraries as the client's, in another version. */
    @Test
    void theRedisClientIsKnownToRedisAlone() {
        noClasses()
                .that(not(resideInAnyPackage(REDIS, ADAPTERS)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(REDIS_CLIENT))
                .check(AGENT);
    }

    @Test
    void adaptersKnowCoreAndShapesOfTheAgent() {
        noClasses()
                .that(resideInAPackage(ADAPTERS))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.chatstream..").and(not(resideInAnyPackage(CORE, SHAPES, ADAPTERS))))
                .allowEmptyShould(true)
                .check(AGENT);
    }

    @Test
    void nobodyKnowsTheAdapters() {
        noClasses()
                .that(not(resideInAPackage(ADAPTERS)))
                .should()
                .dependOnClassesThat(resideInAPackage(ADAPTERS))
                .check(AGENT);
    }

    @Test
    void byteBuddyIsKnownToWhatHandlesClassesAlone() {
        noClasses()
                .that(not(resideInAnyPackage(INSTRUMENT, SHAPES)))
                .should()
                .dependOnClassesThat(resideInAPackage(BYTE_BUDDY))
                .check(AGENT);
    }

    /** Applications bring their own copy of the API, in a loader that the agent's does not see. */
    @Test
    void noPartLinksToTheApi() {
        outside("none", "dev.chatstream").check(AGENT);
    }

    @Test
    void partsDoNotKnowEachOtherInCircles() {
        slices().matching("dev.chatstream.agent.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(AGENT);
    }

    @Test
    void aReaderMeetsFewPublicTypes() {
        assertThat(AGENT.stream().filter(ArchitectureTest::isPublicAndTopLevel).map(JavaClass::getName))
                .as("public top-level types outside the API: what no other module calls is package-private")
                .hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    @Test
    void theRulesLookAtEveryPart() {
        assertThat(AGENT.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.chatstream.agent.core",
                        "dev.chatstream.agent.redis",
                        "dev.chatstream.agent.shapes",
                        "dev.chatstream.agent.instrument",
                        "dev.chatstream.agent.dist");
    }

    private static boolean isPublicAndTopLevel(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass();
    }

    private static ArchRule in(String part, DescribedPredicate<JavaClass> known) {
        return classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat(known.or(resideInAPackage(part)))
                .allowEmptyShould(true);
    }

    private static ArchRule outside(String part, String... hidden) {
        return noClasses()
                .that(not(resideInAPackage(part)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(hidden))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> knowsOnly(String[]... packages) {
        return resideInAnyPackage(Stream.of(packages).flatMap(Stream::of).toArray(String[]::new));
    }
}
