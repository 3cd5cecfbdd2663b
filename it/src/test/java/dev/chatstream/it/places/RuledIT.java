package dev.chatstream.it.places;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places of applications that have never heard of ChatStream: a rule, and no API but where another part needs it. */
class RuledIT {

    private static final String PLAIN = "dev.chatstream.it.place.PlainService";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private final Proof proof = new Proof(stage);

    private static Path apps(String file) {
        return AgentJar.root().resolve("it/apps/" + file);
    }

    private static String joined(List<Path> path) {
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The settings stand in the environment: some of these are started by scripts. */
    private PodPlan ruled(String type) {
        try {
            Path rules = Files.writeString(directory.resolve("rules"), "# the only one\n" + type + "#ruled(#p0)\n");
            return stage.plan().with("methods-file", rules.toString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Test
    void aClassPathWithoutTheApi() {
        Service service = Service.start(
                stage,
                port -> ruled(PLAIN)
                        .running("-cp", Libraries.classes("place").toString(), PLAIN)
                        .arguments(Integer.toString(port)));
        proof.isGuardedByRule(service, "path");
    }

    @Test
    void aNamedModule() {
        String path = joined(List.of(Libraries.classes("place"), AgentJar.placeOf(ChatStreams.class)));
        Service service = Service.start(
                stage,
                port -> ruled(PLAIN)
                        .running("--module-path", path, "-m", "dev.chatstream.it.place/" + PLAIN)
                        .arguments(Integer.toString(port)));
        proof.isGuardedByRule(service, "module");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "3"})
    void aSpringBootServiceWithoutTheApi(String version) throws IOException {
        Path unpacked =
                Zips.without(apps("boot-" + version + "/target/service.jar"), "BOOT-INF/lib/chatstream-api", directory);
        Service service = Service.start(
                stage,
                port -> ruled("dev.chatstream.it.boot.Room")
                        .flags("-Dserver.port=" + port, "-Dserver.address=127.0.0.1")
                        .running("-cp", unpacked.toString(), "org.springframework.boot.loader.launch.JarLauncher"));
        proof.isGuardedByRule(service, "boot-" + version);
    }

    @Test
    void aWarWithoutTheApi() throws IOException {
        Path unpacked = Zips.without(apps("war/target/chat.war"), "WEB-INF/lib/chatstream-api", directory);
        Tomcat tomcat = Tomcat.unpackedTo(Files.createDirectories(directory.resolve("server")));
        Zips.pack(unpacked, tomcat.home().resolve("webapps/chat.war"));
        Service service =
                Service.start(stage, "/chat", port -> tomcat.on(ruled("dev.chatstream.it.war.ChatServlet"), port));
        proof.isGuardedByRule(service, "war");
    }

    @Test
    void aHelidonServiceWithoutTheApi() {
        List<Path> path = new ArrayList<>(Libraries.of("helidon"));
        path.add(Libraries.classes("place"));
        Service service = Service.start(
                stage,
                port -> ruled("dev.chatstream.it.helidon.HelidonService")
                        .running("-cp", joined(path), "dev.chatstream.it.helidon.HelidonService")
                        .arguments(Integer.toString(port)));
        proof.isGuardedByRule(service, "helidon");
    }

    @Test
    void aQuarkusService() {
        Service service = Service.start(
                stage,
                port -> ruled("dev.chatstream.it.quarkus.Room")
                        .flags("-Dquarkus.http.port=" + port, "-Dquarkus.http.host=127.0.0.1")
                        .running(
                                "-jar",
                                apps("quarkus/target/quarkus-app/quarkus-run.jar")
                                        .toString()));
        proof.isGuardedByRule(service, "quarkus");
    }
}
