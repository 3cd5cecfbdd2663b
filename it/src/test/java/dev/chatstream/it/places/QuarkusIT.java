package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Quarkus service as its plugin packs it, whose own loader takes classes out of the packed jars. */
class QuarkusIT {

    /** Only a hang takes so long. */
    private static final Duration HANG = Duration.ofSeconds(60);

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
    void aStopThatNobodyMapsCutsOffWhatHasBegunAnswersTheRestAndIsNoErrorInTheLog() {
        Service service = start(plan -> plan);
        for (String what : List.of("many", "events")) {
            CompletableFuture<HttpResponse<String>> answer = stopped(service, "tokens/" + what + "/" + what, what);
            assertThat(answer)
                    .as(what)
                    .failsWithin(HANG)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IOException.class);
        }
        assertThat(stopped(service, "tokens/one/one", "one").join().statusCode())
                .isEqualTo(409);
        HttpResponse<String> own = stopped(service, "mapped/later/own", "own").join();
        assertThat(own.statusCode()).isEqualTo(418);
        assertThat(own.body()).isEqualTo("ChatAbortedException");
        service.end();
        Proof.wroteNoError(service.pod());
    }

    /** Answers what becomes of it. */
    private static CompletableFuture<HttpResponse<String>> stopped(Service service, String what, String chat) {
        CompletableFuture<HttpResponse<String>> answer = service.asked(what);
        Eventually.until(chat + " is held", () -> stage.holderOf(chat) != null);
        assertThat(stage.second().query("abortChat", chat)).startsWith("Optional[");
        return answer;
    }

    @Test
    void aStopEndsAStreamNormallyUnderOnStopCompleteAndIsNoErrorInTheLog() {
        Service service = start(plan -> plan.with("on-stop", "complete"));
        for (String what : List.of("many", "one")) {
            CompletableFuture<HttpResponse<String>> answer = stopped(service, "tokens/" + what + "/" + what, what);
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
