package dev.chatstream.it.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** What the cells of WebFlux's table in {@code agent/docs/shapes.md} are tested with. */
abstract class WebFluxCells {

    private final List<Guest> guests = new ArrayList<>();

    abstract Stage stage();

    /** BlockHound looks at all of them. */
    static Stage pods(UnaryOperator<PodPlan> changed) {
        return Stage.with(plan -> changed.apply(plan.classPath(Libraries.of("webflux"))
                .mainClass("dev.chatstream.it.apps.webflux.WebFluxChats")
                .with("heartbeat", "200ms")
                .flags(
                        "-Dblockhound=true",
                        "-XX:+EnableDynamicAgentLoading",
                        "-XX:+AllowRedefinitionToAddDeleteMethods")));
    }

    @AfterEach
    void leaveAndSeeThatNothingBlockedAnEventLoop() {
        guests.forEach(Guest::close);
        assertThat(pod().output().containing("blocked - ")).isEmpty();
    }

    Pod pod() {
        return stage().first();
    }

    Guest visit(Pod of, Route route, String chat, String call) {
        Guest guest = Guest.of(portOf(of), "/" + route.path() + "/" + chat + "/" + call, route.version());
        guests.add(guest);
        return guest;
    }

    static int portOf(Pod of) {
        return Integer.parseInt(of.output().containing("port - ").getFirst().substring("port - ".length()));
    }

    Guest visit(Route route, String call) {
        return visit(pod(), route, call, call);
    }

    /** The source of that call is subscribed to, with the lock. */
    Told started(Pod of, String call) {
        String beginning = "started " + call + " ";
        Told told = Told.of(of.output().await(beginning).substring(beginning.length()));
        assertThat(told.holdsLock()).as("its lock, by what it sees").isTrue();
        assertThat(stage().holderOf(told.chatId())).as("its lock, in Redis").isEqualTo(told.streamId());
        return told;
    }

    Told started(String call) {
        return started(pod(), call);
    }

    /** The answer has begun, and its client sees that where it streams. */
    Told begun(Pod of, Route route, Guest guest, String call) {
        Told told = started(of, call);
        if (route.streams()) {
            tell(of, "next", call);
            guest.sees("token");
        }
        return told;
    }

    Told begun(Route route, Guest guest, String call) {
        return begun(pod(), route, guest, call);
    }

    void tell(Pod of, String signal, String call) {
        assertThat(of.query(signal, call)).isEqualTo(signal + " sent");
    }

    void isCancelled(String call) {
        pod().output().await("cancelled " + call + " ");
    }

    void isNotCancelled(String call) {
        assertThat(pod().output().containing("cancelled " + call + " ")).isEmpty();
    }

    void isFree(String chat) {
        stage().awaitHolder(chat, null);
    }

    void stopElsewhere(Told told) {
        assertThat(stage().second().query("abortChat", told.chatId())).isEqualTo("Optional[" + told.streamId() + "]");
    }

    /** Neither the application nor the server under it. */
    static void wroteNoError(Pod pod) {
        assertThat(pod.output().all()).noneMatch(line -> line.matches("(?s).*(Exception|ERROR|WARN).*"));
        assertThat(pod.log().containing("Exception")).isEmpty();
    }

    /** Whoever reads sees that something is missing; where nothing has been sent yet, it has this status. */
    static void isNotWhole(Route route, Guest guest, int status) {
        if (route.streams()) {
            assertThat(guest.sawItsEnd()).as(guest.all()).isFalse();
        } else {
            assertThat(guest.response().statusCode()).isEqualTo(status);
        }
    }
}
