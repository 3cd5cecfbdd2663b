package dev.chatstream.it.places;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Ports;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A WildFly, in which each library and each application is a module with a loader of its own. */
class WildFlyIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void aDeployedApplicationIsGuarded() throws IOException {
        Path zip = AgentJar.root().resolve("it/target/places/wildfly-dist.zip");
        assumeThat(zip).as("the server, which -Pwildfly brings").exists();
        Zips.unpack(zip, directory);
        Path home;
        try (var files = Files.list(directory)) {
            home = files.findFirst().orElseThrow();
        }
        Files.copy(
                AgentJar.root().resolve("it/apps/war/target/chat.war"),
                home.resolve("standalone/deployments/chat.war"));
        Service service = Service.start(
                stage,
                "/chat",
                port -> stage.plan()
                        .flags("-Xmx256m")
                        .environment("LAUNCH_JBOSS_IN_BACKGROUND", "true") // the script hands signals on
                        .script(
                                "JAVA_OPTS",
                                "sh",
                                home.resolve("bin/standalone.sh").toString(),
                                "-Djboss.http.port=" + port,
                                "-Djboss.management.http.port=" + Ports.free()));
        new Proof(stage).isGuarded(service, "wildfly");
        service.end();
    }
}
