package dev.chatstream.it.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a Stop is to look like an end, and what a shutdown looks like there. */
class WebFluxStopCompletesIT extends WebFluxCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan.with("on-stop", "complete"));

    @Override
    Stage stage() {
        return stage;
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void aStopIsANormalEnd(Route route) {
        String call = route.call("completed");
        Guest guest = visit(route, call);
        Told told = begun(route, guest, call);
        stopElsewhere(told);
        isCancelled(call);
        assertThat(guest.sawItsEnd()).as(guest.all()).isTrue();
        assertThat(guest.response().statusCode()).isEqualTo(route.status());
        isFree(call);
    }

    /** All at once: answers go on while the server waits for them, and are cut off when it does not any more. */
    @Test
    void sigtermEndsThemAndTheirChatsAreFree() {
        Pod leaving = stage.pod();
        Map<Route, Guest> guests = new LinkedHashMap<>();
        Route.all().forEach(route -> {
            String call = route.call("shutdown");
            Guest guest = visit(leaving, route, call, call);
            begun(leaving, route, guest, call);
            guests.put(route, guest);
        });
        leaving.terminate();
        leaving.awaitEnd();
        guests.forEach((route, guest) -> {
            String call = route.call("shutdown");
            leaving.output().await("cancelled " + call + " ");
            assertThat(stage.holderOf(call)).as(call).isNull();
            if (route.streams()) {
                assertThat(guest.sawItsEnd()).as(call).isFalse();
            }
        });
    }
}
