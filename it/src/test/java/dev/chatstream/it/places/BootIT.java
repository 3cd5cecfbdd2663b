package dev.chatstream.it.places;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Spring Boot service in each of the forms in which it is deployed. */
class BootIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private final Proof proof = new Proof(stage);

    private static Path jar(String version) {
        return AgentJar.root().resolve("it/apps/boot-" + version + "/target/service.jar");
    }

    private static PodPlan on(PodPlan plan, int port) {
        return plan.flags("-Dserver.port=" + port, "-Dserver.address=127.0.0.1");
    }

    private Service start(PodPlan plan) {
        return Service.start(stage, port -> on(plan, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "3"})
    void aPackedServiceIsGuardedAndSaysWhatItSaidWithoutTheAgent(String version) {
        PodPlan plan = stage.plan().running("-jar", jar(version).toString());
        Service service = start(plan);
        proof.isGuarded(service, "packed-" + version);
        service.end();
        Service without = start(plan.withoutAgent());
        without.end();
        Proof.saidTheSame(service.pod(), without.pod());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "3"})
    void anUnpackedServiceIsGuarded(String version) {
        Zips.unpack(jar(version), directory);
        proof.isGuarded(
                start(stage.plan()
                        .running("-cp", directory.toString(), "org.springframework.boot.loader.launch.JarLauncher")),
                "unpacked-" + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "3"})
    void anExtractedServiceIsGuarded(String version) {
        Path extracted = directory.resolve("extracted");
        Output output = Output.of(PodPlan.bare()
                .withoutAgent()
                .flags("-Djarmode=tools")
                .running("-jar", jar(version).toString(), "extract", "--destination", extracted.toString()));
        if (output.code() != 0) {
            throw new AssertionError(output.text() + output.stderr());
        }
        proof.isGuarded(
                start(stage.plan()
                        .running("-jar", extracted.resolve("service.jar").toString())),
                "extracted-" + version);
    }
}
