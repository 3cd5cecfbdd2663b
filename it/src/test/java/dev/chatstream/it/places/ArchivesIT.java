package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.JavaHomes;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Classes out of an archive that an earlier run of the JVM wrote: some are there before the agent is. */
class ArchivesIT {

    private static final int FIRST_WITH_AOT_CACHES = 25;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private final Proof proof = new Proof(stage);
    private String archive = "";

    @BeforeEach
    void name() {
        archive = directory.resolve("archive").toString();
    }

    private static Path jarIn(String folder) {
        return Libraries.in(AgentJar.root().resolve(folder)).stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .findFirst()
                .orElseThrow();
    }

    private static Service start(UnaryOperator<PodPlan> change) {
        String path = jarIn("it/apps/place/target") + File.pathSeparator + AgentJar.placeOf(ChatStreams.class);
        return Service.start(
                stage,
                port -> change.apply(stage.plan()
                        .running("-cp", path, "dev.chatstream.it.place.PlainService")
                        .arguments(Integer.toString(port))));
    }

    /** Runs once, has the guarded method called, and leaves an archive when it ends. */
    private void train(UnaryOperator<PodPlan> change) {
        Service service = start(change);
        var answer = service.ask("training");
        service.entered("training");
        service.get("end/training");
        assertThat(answer.join()).isEqualTo("left whole");
        service.end();
        assertThat(Path.of(archive)).exists();
    }

    /** Starts with the agent and the archive; where the application's own classes came from. */
    private List<String> sources(String chatId, String... flags) throws IOException {
        Path log = directory.resolve(chatId + ".log");
        Service service = start(plan -> plan.flags(flags).flags("-Xlog:class+load:file=" + log));
        proof.isGuarded(service, chatId);
        service.end();
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("dev.chatstream.it.place.Conversations "))
                .toList();
    }

    private static void needsAotCaches() {
        assumeThat(JavaHomes.versionOf(JavaHomes.ofPods()))
                .as("the version of Java, where one with AOT caches is needed")
                .isGreaterThanOrEqualTo(FIRST_WITH_AOT_CACHES);
    }

    @Test
    void aClassDataArchiveThatWasMadeWithoutTheAgentIsUsed() throws IOException {
        train(plan -> plan.withoutAgent().flags("-XX:ArchiveClassesAtExit=" + archive));
        assertThat(sources("cds", "-XX:SharedArchiveFile=" + archive))
                .singleElement()
                .asString()
                .contains("shared objects file (top)");
    }

    @Test
    void anAotCacheThatWasTrainedWithTheAgentIsUsed() throws IOException {
        needsAotCaches();
        train(plan -> plan.flags("-XX:AOTCacheOutput=" + archive));
        assertThat(sources("with", "-XX:AOTCache=" + archive))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    @Test
    void anAotCacheThatWasTrainedWithTheInstrumentModuleIsUsed() throws IOException {
        needsAotCaches();
        train(plan -> plan.withoutAgent().flags("--add-modules", "java.instrument", "-XX:AOTCacheOutput=" + archive));
        assertThat(sources("module", "-XX:AOTCache=" + archive))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    /** By the JVM, for any agent; it says so on stdout. */
    @Test
    void anAotCacheThatWasTrainedWithoutEitherIsDropped() throws IOException {
        needsAotCaches();
        train(plan -> plan.withoutAgent().flags("-XX:AOTCacheOutput=" + archive));
        assertThat(sources("without", "-XX:AOTCache=" + archive))
                .singleElement()
                .asString()
                .doesNotContain("shared objects file");
    }
}
