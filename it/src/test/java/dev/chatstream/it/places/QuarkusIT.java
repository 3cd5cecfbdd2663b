package dev.chatstream.it.places;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Quarkus service as its plugin packs it, whose own loader takes classes out of the packed jars. */
class QuarkusIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    private final Proof proof = new Proof(stage);

    private static Service start(UnaryOperator<PodPlan> change) {
        String jar = AgentJar.root()
                .resolve("it/apps/quarkus/target/quarkus-app/quarkus-run.jar")
                .toString();
        return Service.start(
                stage,
                port -> change.apply(stage.plan()
                        .flags("-Dquarkus.http.port=" + port, "-Dquarkus.http.host=127.0.0.1")
                        .running("-jar", jar)));
    }

    @Test
    void aPackedServiceIsGuardedAndSaysWhatItSaidWithoutTheAgent() {
        Service service = start(plan -> plan);
        proof.isGuarded(service, "quarkus");
        service.end();
        Service without = start(PodPlan::withoutAgent);
        without.end();
        Proof.saidTheSame(service.pod(), without.pod());
    }
}
