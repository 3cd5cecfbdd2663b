package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a named module, on a module path and in an image that was made for it. */
class ModuleIT {

    private static final String MODULE = "dev.chatstream.it.place";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private final Proof proof = new Proof(stage);

    private static String modulePath() {
        return Libraries.classes("place") + File.pathSeparator + AgentJar.placeOf(ChatStreams.class);
    }

    private static PodPlan started(PodPlan plan, int port) {
        return plan.running("-m", MODULE + "/dev.chatstream.it.place.PlainService")
                .arguments(Integer.toString(port));
    }

    private Path image(String... modules) {
        Path image = directory.resolve("image");
        JavaImage.link(modulePath(), image, modules);
        return image;
    }

    /** Only what the module requires is resolved, of the JDK too. */
    @Test
    void aNamedModuleIsGuarded() {
        Service service =
                Service.start(stage, port -> started(stage.plan().flags("--module-path", modulePath()), port));
        proof.isGuarded(service, "module");
    }

    @Test
    void anImageWithNothingButTheInstrumentModuleIsGuarded() {
        Path image = image(MODULE, "java.instrument");
        Service service = Service.start(stage, port -> started(stage.plan().javaHome(image), port));
        proof.isGuarded(service, "image");
        assertThat(service.pod().log().all()).allMatch(line -> line.startsWith("[chatstream] "));
    }

    @Test
    void anImageWithoutTheInstrumentModuleIsRefusedByTheJvmWhichNamesIt() {
        Path image = image(MODULE);
        Output output = Output.of(started(stage.plan().javaHome(image), 0));
        assertThat(output.code()).isEqualTo(1);
        assertThat(output.text()).as("the JVM's own words").contains("Module java.instrument may be missing");
        assertThat(output.text() + output.stderr()).doesNotContain("[chatstream]");
    }
}
