package dev.chatstream.it.places;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Helidon service: a class path, and a virtual thread for each request. */
class HelidonIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    private final Proof proof = new Proof(stage);

    private static Service start(UnaryOperator<PodPlan> change) {
        List<java.nio.file.Path> path = new ArrayList<>(Libraries.of("helidon"));
        path.add(Libraries.classes("place"));
        return Service.start(
                stage,
                port -> change.apply(stage.plan()
                        .classPath(path)
                        .mainClass("dev.chatstream.it.helidon.HelidonService")
                        .arguments(Integer.toString(port))));
    }

    @Test
    void aServiceIsGuardedAndSaysWhatItSaidWithoutTheAgent() {
        Service service = start(plan -> plan);
        proof.isGuarded(service, "helidon");
        service.end();
        Service without = start(PodPlan::withoutAgent);
        without.end();
        Proof.saidTheSameUntil("Main shutdown", service.pod(), without.pod());
    }
}
