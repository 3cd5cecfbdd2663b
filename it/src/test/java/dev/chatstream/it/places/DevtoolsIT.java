package dev.chatstream.it.places;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service that is being written: each change of a class file makes all of the application's classes anew. */
class DevtoolsIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path classes;

    private final Proof proof = new Proof(stage);

    private String classPath() {
        List<Path> path = new ArrayList<>();
        path.add(classes);
        path.add(AgentJar.placeOf(ChatStreams.class));
        Libraries.in(AgentJar.root().resolve("it/apps/place/target")).stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .forEach(path::add);
        path.addAll(Libraries.in(AgentJar.root().resolve("it/apps/boot-4/target/libraries")));
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private void copyClasses() throws IOException {
        Path from = Libraries.classes("boot-4");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = classes.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private void change() throws IOException {
        Path changed = classes.resolve("dev/chatstream/it/boot/Room.class");
        Files.setLastModifiedTime(
                changed, FileTime.fromMillis(Files.getLastModifiedTime(changed).toMillis() + 10_000));
    }

    @Test
    void aRestartedApplicationIsGuardedAgainAndTheOneBeforeIsCollected() throws IOException {
        copyClasses();
        Service service = Service.start(
                stage,
                port -> stage.plan()
                        .flags("-XX:SoftRefLRUPolicyMSPerMB=0") // what Spring remembers of loaders is soft
                        .flags("-Dserver.port=" + port, "-Dspring.devtools.livereload.enabled=false")
                        .flags(
                                "-Dspring.devtools.restart.poll-interval=200ms",
                                "-Dspring.devtools.restart.quiet-period=100ms")
                        .running("-cp", classPath(), "dev.chatstream.it.boot.BootService"));
        // Spring Boot's own shutdown hook keeps the loader of the first start for good, with the agent and without it.
        service.pod().output().awaitContaining("Started BootService");
        for (int restart = 1; restart <= 3; restart++) {
            change();
            service.pod().output().awaitContaining("Started BootService");
            service.up();
            proof.isGuarded(service, "restart-" + restart);
            String wanted = "alive 1 of " + restart;
            Eventually.until(
                    "the loaders before are collected",
                    () -> service.get("loaders/-").equals(wanted));
        }
    }
}
