package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        Eventually.until(
                "all that were undeployed are collected", () -> tomcat.leaks().contains("No memory leaks found"));
        proof.isGuarded(first, "first-still");
        assertThat(first.pod().log().containing("memory leak"))
                .as("what Tomcat says of each that it stops")
                .isEmpty();
    }

    /** The server has the API too, and each application one of its own, which its loader prefers. */
    @Test
    void applicationsWithDifferentVersionsOfTheApiAreGuardedSideBySide() throws IOException {
        Files.copy(AgentJar.placeOf(ChatStreams.class), tomcat.home().resolve("lib/chatstream-api.jar"));
        Service first = start();
        tomcat.deploy("/earlier", with(OtherApis.earlier(folder("earlier")), "earlier-war"));
        tomcat.deploy("/later", with(OtherApis.later(folder("later")), "later-war"));
        Service earlier = first.at("/earlier");
        Service later = first.at("/later");
        for (Service service : List.of(first, earlier, later)) {
            proof.isGuarded(service, "chat");
        }
        CompletableFuture<String> open = earlier.ask("shared");
        String holder = proof.heldBy(earlier, "shared");
        CompletableFuture<String> waiting = later.ask("shared");
        assertThat(waiting).isNotDone();
        assertThat(stage.holderOf("shared")).isEqualTo(holder);
        earlier.get("end/shared");
        assertThat(open.join()).isEqualTo("left whole");
        proof.heldBy(later, "shared");
        later.get("end/shared");
        assertThat(waiting.join()).isEqualTo("left whole");
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private Path with(Path api, String name) throws IOException {
        return Zips.replaced(war(), "WEB-INF/lib/chatstream-api", api, folder(name));
    }
}
