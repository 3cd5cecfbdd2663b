package dev.chatstream.it.places;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A bundle in an OSGi framework, which sees only what it imports and what is inside it. */
class FelixIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void aServiceInABundleIsGuarded() throws IOException {
        Path target = AgentJar.root().resolve("it/apps/osgi/target");
        Path bundles = Files.createDirectories(directory.resolve("bundle"));
        Files.copy(target.resolve("bundle.jar"), bundles.resolve("bundle.jar"));
        Service service = Service.start(
                stage,
                port -> stage.plan()
                        .flags("-Dchat.port=" + port, "-Dfelix.auto.deploy.dir=" + bundles)
                        .flags("-Dfelix.auto.deploy.action=install,start")
                        .flags("-Dorg.osgi.framework.storage=" + directory.resolve("cache"))
                        .running(
                                "-jar",
                                target.resolve("framework/org.apache.felix.main.jar")
                                        .toString()));
        new Proof(stage).isGuarded(service, "bundle");
        service.end();
    }
}
