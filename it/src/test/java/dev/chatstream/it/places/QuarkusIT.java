package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    void aRefusalThatNobodyMapsIsAnAnswerAndNoErrorInTheLog() {
        Service service = start(plan -> plan.with("on-busy", "reject"));
        CompletableFuture<String> holder = service.ask("busy");
        proof.heldBy(service, "busy");
        for (String what : List.of("ask/busy", "tokens/one/busy", "tokens/many/busy")) {
            assertThat(service.answered(what).statusCode()).as(what).isEqualTo(409);
        }
        assertThat(service.answered("mapped/busy").statusCode()).isEqualTo(418);
        assertThat(service.get("mapped/busy")).isEqualTo("ChatBusyException");
        service.get("end/busy");
        assertThat(holder.join()).isEqualTo("left whole");
        Proof.wroteNoError(service.pod());
        service.end();

        Service away =
                start(plan -> plan.with("redis-uri", "redis://127.0.0.1:1").with("on-redis-down", "reject"));
        assertThat(away.answered("ask/c").statusCode()).isEqualTo(503);
        assertThat(away.answered("tokens/one/c").statusCode()).isEqualTo(503);
        Proof.wroteNoError(away.pod());
        away.end();
    }

    @Test
    void aStopEndsAStreamNormallyUnderOnStopCompleteAndIsNoErrorInTheLog() {
        Service service = start(plan -> plan.with("on-stop", "complete"));
        for (String what : List.of("many", "one")) {
            CompletableFuture<HttpResponse<String>> answer = service.asked("tokens/" + what + "/" + what);
            Eventually.until(what + " is held", () -> stage.holderOf(what) != null);
            assertThat(stage.second().query("abortChat", what)).startsWith("Optional[");
            assertThat(answer.join().statusCode()).isEqualTo(what.equals("many") ? 200 : 204);
        }
        Proof.wroteNoError(service.pod());
        service.end();
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
