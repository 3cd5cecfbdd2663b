package dev.chatstream.it.webflux;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Stage;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same application without Spring Boot's Reactor Netty: a servlet container's threads carry it. */
class WebFluxOnJettyIT extends WebFluxCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan.classPath(libraries()).flags("-Dserver.http2.enabled=false"));

    @Override
    Stage stage() {
        return stage;
    }

    private static List<Path> libraries() {
        List<Path> path = new ArrayList<>(Libraries.of("webflux"));
        path.addAll(Libraries.of("jetty"));
        path.removeIf(jar -> jar.getFileName().toString().matches("(spring-boot-reactor-netty|slf4j-simple)-.*"));
        return path;
    }

    static Stream<Route> routes() {
        return Route.all().filter(route -> route.version() == Version.HTTP_1_1);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aStopThatNobodyHandlesCutsOffAndIsNoErrorInTheLog(Route route) {
        String call = route.call("stopped");
        Guest guest = visit(route, call);
        stopElsewhere(begun(route, guest, call));
        isCancelled(call);
        isNotWhole(route, guest, 409);
        isFree(call);
        wroteNoError(pod());
    }
}
