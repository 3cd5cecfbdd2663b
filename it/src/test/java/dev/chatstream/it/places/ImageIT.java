package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Servers;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** A service in an image with the agent as a layer, by the lines that rollout.md shows. Only where an engine is in use. */
class ImageIT {

    private static final String JAVA = "chatstream-it-java:local";
    private static final String SERVICE = "chatstream-it-service:local";
    private static final int LONGEST_BUILD_SECONDS = 300;
    private static final Pattern SHOWN = Pattern.compile("```dockerfile\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    static Path directory;

    @BeforeAll
    static void anEngine() {
        assumeTrue(Servers.isContainers(), "no container engine is in use");
    }

    @Test
    void aServiceWithTheAgentAsALayerIsGuarded() throws Exception {
        buildJava();
        buildService();

        Service service = Service.start(
                stage,
                port -> stage.plan()
                        .script(
                                "NOT_READ_HERE",
                                "docker",
                                "run",
                                "--rm",
                                "--network=host",
                                "--env=CHATSTREAM_REDIS_URI",
                                "--env=CHATSTREAM_LOCK_TTL",
                                "--env=CHATSTREAM_ABORT_POLL",
                                SERVICE,
                                "--server.port=" + port,
                                "--server.address=127.0.0.1"));

        new Proof(stage).isGuarded(service, "image");
        service.end();
    }

    private static void buildJava() throws Exception {
        Path root = directory.resolve("root");
        JavaImage.make(root);
        new ImageFromDockerfile(JAVA, false)
                .withFileFromPath("root", root)
                .withDockerfileFromBuilder(image -> image.from("scratch")
                        .copy("root", "/")
                        .env("PATH", "/" + JavaImage.JAVA + "/bin")
                        .build())
                .get(LONGEST_BUILD_SECONDS, TimeUnit.SECONDS);
    }

    private static void buildService() throws Exception {
        new ImageFromDockerfile(SERVICE, false)
                .withFileFromPath("chatstream-agent.jar", AgentJar.path())
                .withFileFromPath("target/service.jar", AgentJar.root().resolve("it/apps/boot-4/target/service.jar"))
                .withFileFromString("Dockerfile", shown())
                .get(LONGEST_BUILD_SECONDS, TimeUnit.SECONDS);
    }

    /** What the docs show, on a Java of this machine. */
    private static String shown() throws IOException {
        Matcher block = SHOWN.matcher(Files.readString(AgentJar.root().resolve("agent/docs/rollout.md")));
        assertThat(block.find()).isTrue();
        String lines = block.group(1);
        assertThat(lines).startsWith("FROM ");
        return "FROM " + JAVA + lines.substring(lines.indexOf('\n'));
    }
}
