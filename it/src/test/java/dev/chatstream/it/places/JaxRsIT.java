package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody handles in a JAX-RS service, on the runtimes that there are for servlets. Quarkus' own is in {@link QuarkusIT}. */
class JaxRsIT {

    private static final String NO_MAPPER = "/OfNothing";
    private static final List<String> OWN_MAPPERS = List.of("OfBusy", "OfIllegalState", "OfRuntime", "OfAny", "OfAll");

    @RegisterExtension
    static final Stage stage = Stage.plain();

    /** A runtime's servlet, and by which class it is chosen where several are there. */
    private enum Runtime {
        JERSEY(
                "org.glassfish.jersey.servlet.ServletContainer",
                "org.glassfish.jersey.server.internal.RuntimeDelegateImpl",
                503),
        RESTEASY(
                "org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher",
                "org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl",
                409),
        CXF(
                "org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet",
                "org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl",
                503);

        private final String servlet;
        private final String delegate;

        /** What it answers where a returned future ends by a {@code CancellationException}: some ask no mapper. */
        private final int ofCancelled;

        Runtime(String servlet, String delegate, int ofCancelled) {
            this.servlet = servlet;
            this.delegate = delegate;
            this.ofCancelled = ofCancelled;
        }

        Service start(UnaryOperator<PodPlan> change) {
            List<Path> path = new ArrayList<>(Libraries.of("jaxrs"));
            path.add(Libraries.classes("place"));
            return Service.start(
                    stage,
                    NO_MAPPER,
                    port -> change.apply(stage.plan()
                            .flags("-Djakarta.ws.rs.ext.RuntimeDelegate=" + delegate)
                            .classPath(path)
                            .mainClass("dev.chatstream.it.jaxrs.JaxRsService")
                            .arguments(servlet, Integer.toString(port))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBusyChatOrAStopIsAConflictAndNoErrorInTheLogUnlessTheApplicationMapsIt(Runtime runtime) {
        String chat = "busy-" + runtime;
        Service service = runtime.start(plan -> plan.with("on-busy", "reject"));
        CompletableFuture<String> holder = service.ask(chat);
        new Proof(stage).heldBy(service, chat);

        assertThat(service.answered("ask/" + chat).statusCode()).isEqualTo(409);
        assertThat(service.answered("later/" + chat).statusCode()).isEqualTo(409);
        assertThat(service.answered("away/" + chat).statusCode()).isEqualTo(503);
        for (String mapper : OWN_MAPPERS) {
            Service other = service.at("/" + mapper);
            assertThat(other.answered("ask/" + chat).statusCode()).isEqualTo(418);
            assertThat(other.get("ask/" + chat)).isEqualTo(mapper);
        }
        assertThat(service.at("/OfBusy").answered("away/" + chat).statusCode()).isEqualTo(503);
        assertThat(stopped(service, "asking").statusCode()).isEqualTo(409);
        assertThat(stopped(service.at("/OfAny"), "asking").body()).isEqualTo("OfAny");
        assertThat(stopped(service, "never").statusCode()).isEqualTo(runtime.ofCancelled);
        Proof.wroteNoError(service.pod());

        assertThat(service.answered("fail/" + chat).statusCode()).isEqualTo(500);
        service.get("end/" + chat);
        assertThat(holder.join()).isEqualTo("left whole");
        service.end();
    }

    private static HttpResponse<String> stopped(Service service, String what) {
        String chat = "stopped-" + what;
        CompletableFuture<HttpResponse<String>> answer = service.asked(what + "/" + chat);
        Eventually.until(chat + " is held", () -> stage.holderOf(chat) != null);
        assertThat(stage.second().query("abortChat", chat)).startsWith("Optional[");
        return answer.join();
    }

    @ParameterizedTest
    @EnumSource
    void aRedisThatIsNeededAndAwayIsUnavailableServiceAndNoErrorOfTheApplicationInTheLog(Runtime runtime) {
        Service service = runtime.start(
                plan -> plan.with("redis-uri", "redis://127.0.0.1:1").with("on-redis-down", "reject"));
        assertThat(service.answered("later/c").statusCode()).isEqualTo(503);
        assertThat(service.answered("ask/c").statusCode()).isEqualTo(503);
        Proof.wroteNoError(service.pod());
        service.end();
    }
}
