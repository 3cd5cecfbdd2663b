package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Applications in a Tomcat, whose loaders look into the application first. */
class TomcatIT {

    private static final int DEPLOYMENTS = 10;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private final Proof proof = new Proof(stage);
    private Tomcat tomcat;

    @BeforeEach
    void unpack() throws IOException {
        tomcat = Tomcat.unpackedTo(directory);
    }

    private static Path war() {
        return AgentJar.root().resolve("it/apps/war/target/chat.war");
    }

    private Service start() throws IOException {
        Files.copy(war(), tomcat.home().resolve("webapps/first.war"));
        return Service.start(stage, "/first", port -> tomcat.on(stage.plan(), port));
    }

    @Test
    void anApplicationThatIsDeployedTenTimesIsGuardedEachTimeAndLeavesNothingBehind() throws IOException {
        Service first = start();
        proof.isGuarded(first, "first");
        Service again = first.at("/again");
        for (int i = 1; i <= DEPLOYMENTS; i++) {
            tomcat.deploy("/again", war());
            proof.isGuarded(again, "again-" + i);
            tomcat.undeploy("/again");
        }
        Eventually.until("all that were undeployed are collected", () -> tomcat.leaks()
                .contains("No web applications"));
        proof.isGuarded(first, "first-still");
        assertThat(first.pod().log().containing("memory leak")).as("what Tomcat says of each that it stops").isEmpty();
    }
}
