package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An application on a class path. */
class ClassPathIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private final Proof proof = new Proof(stage);

    private Service start(UnaryOperator<PodPlan> change) {
        return Service.start(
                stage,
                port -> change.apply(stage.plan()
                        .classPath(List.of(Libraries.classes("place")))
                        .mainClass("dev.chatstream.it.place.PlainService")
                        .arguments(Integer.toString(port))));
    }

    @Test
    void anApplicationOnAClassPathIsGuardedAndSaysWhatItSaidWithoutTheAgent() {
        Service service = start(plan -> plan);
        proof.isGuarded(service, "path");
        service.end();
        Service without = start(PodPlan::withoutAgent);
        assertThat(without.get("agent/-")).isEqualTo("agent false");
        without.end();
        Proof.saidTheSame(service.pod(), without.pod());
    }

    /** The folder is made and named by a shell: this JVM need not be able to name it. */
    @Test
    void aFolderWithSpacesAndLettersOfOtherAlphabetsIsNoTrouble() {
        String script = """
                folder="$1/$(printf 'my \\303\\244pps \\346\\227\\245')" && mkdir -p "$folder/classes" || exit
                cp "$2" "$folder/chat agent.jar" && cp -R "$3/." "$4/." "$folder/classes" || exit
                cd "$folder" && shift 4 && exec env LC_ALL=C.UTF-8 "$@" \\
                  -javaagent:"$folder/chat agent.jar=redis-uri=$REDIS;abort-poll=200ms" \\
                  -cp "$folder/classes" dev.chatstream.it.place.PlainService "$PORT"
                """;
        Service service = Service.start(
                stage,
                port -> PodPlan.bare()
                        .withoutAgent()
                        .environment("REDIS", stage.redis().uri())
                        .environment("PORT", Integer.toString(port))
                        .through(List.of(
                                "sh",
                                "-c",
                                script,
                                "sh",
                                directory.toString(),
                                AgentJar.path().toString(),
                                Libraries.classes("place").toString(),
                                AgentJar.root()
                                        .resolve("agent/api/target/classes")
                                        .toString()))
                        .running());
        proof.isGuarded(service, "letters");
    }
}
