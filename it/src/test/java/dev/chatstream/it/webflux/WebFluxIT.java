package dev.chatstream.it.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.SetArgs;
import java.net.http.HttpClient.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebFluxIT extends WebFluxCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan);

    @Override
    Stage stage() {
        return stage;
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void done(Route route) {
        String call = route.call("done");
        Guest guest = visit(route, call);
        begun(route, guest, call);
        assertThat(pod().output().await("thread " + call + " ")).contains("reactor-http");
        if (route.streams()) {
            tell(pod(), "done", call);
        } else {
            tell(pod(), "value", call);
        }
        assertThat(guest.sawItsEnd()).isTrue();
        assertThat(guest.all()).contains(route.streams() ? "token" : "value");
        assertThat(guest.response().statusCode()).isEqualTo(route.status());
        assertThat(guest.response().headers().firstValue("X-Own").isPresent()).isEqualTo(route.status() == 202);
        isFree(call);
        assertThat(pod().log().containing("WARN")).noneMatch(line -> line.contains(call));
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void failed(Route route) {
        String call = route.call("failed");
        Guest guest = visit(route, call);
        begun(route, guest, call);
        tell(pod(), "fail", call);
        isNotWhole(route, guest, 500);
        isFree(call);
        isNotCancelled(call);
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void clientGone(Route route) {
        String call = route.call("gone");
        Guest guest = visit(route, call);
        begun(route, guest, call);
        guest.leaves();
        isCancelled(call);
        isFree(call);
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void stopFromAnotherPod(Route route) {
        String call = route.call("stopped");
        Guest guest = visit(route, call);
        Told told = begun(route, guest, call);
        stopElsewhere(told);
        isCancelled(call);
        isNotWhole(route, guest, 409);
        isFree(call);
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void lockLost(Route route) {
        String call = route.call("lost");
        Guest guest = visit(route, call);
        begun(route, guest, call);
        stage.redis().client().set(RedisUnderTest.lockOf(call), "thief", SetArgs.Builder.px(60_000));
        isCancelled(call);
        isNotWhole(route, guest, 409);
        assertThat(stage.holderOf(call)).isEqualTo("thief");
    }

    /** The answer to the second is an error of the web's, though it was an error signal. */
    @ParameterizedTest
    @MethodSource("dev.chatstream.it.webflux.Route#all")
    void busy(Route route) {
        String chat = route.call("busy");
        Guest guest = visit(route, chat);
        begun(route, guest, chat);
        String call = chat + "-second";
        assertThat(visit(pod(), route, chat, call).response().statusCode()).isEqualTo(409);
        assertThat(pod().entered(call).holdsLock()).as("its lock, in the body").isFalse();
        guest.leaves();
        isFree(chat);
    }

    @Test
    void busyThatNobodyHandlesIsAConflictAndNoErrorInTheLog() {
        Route route = new Route(Route.Returned.SSE, Version.HTTP_1_1);
        String chat = route.call("unhandled");
        Guest guest = visit(route, chat);
        begun(route, guest, chat);
        Guest refused = Guest.of(portOf(pod()), "/unhandled/" + chat, Version.HTTP_1_1);
        assertThat(refused.response().statusCode()).isEqualTo(409);
        assertThat(pod().log().containing("ChatBusyException")).isEmpty();
        assertThat(pod().output().containing("ChatBusyException")).isEmpty();
        refused.close();
        guest.leaves();
        isFree(chat);
    }

    /** All kinds, on a pod that logs nothing else. */
    @Test
    void aStopThatNobodyHandlesIsNoErrorInTheLog() {
        Pod stopped = stage.pod();
        Route.all().forEach(route -> {
            String call = route.call("silent");
            Guest guest = visit(stopped, route, call, call);
            stopElsewhere(begun(stopped, route, guest, call));
            isNotWhole(route, guest, 409);
            isFree(call);
        });
        Guest own = Guest.of(portOf(stopped), "/handled/own", Version.HTTP_1_1);
        stopElsewhere(stopped.entered("own"));
        assertThat(own.response().statusCode()).isEqualTo(418);
        own.close();
        stopped.finish();
        wroteNoError(stopped);
    }

    /** Nobody wanted that. */
    @Test
    void aLostLockIsSaid() {
        Route route = new Route(Route.Returned.SSE, Version.HTTP_1_1);
        Pod losing = stage.pod();
        Guest guest = visit(losing, route, "losing", "losing");
        begun(losing, route, guest, "losing");
        stage.redis().client().set(RedisUnderTest.lockOf("losing"), "thief", SetArgs.Builder.px(60_000));
        isNotWhole(route, guest, 409);
        losing.output().awaitContaining("ERROR", "HttpWebHandlerAdapter", "ChatAbortedException");
        losing.output().awaitContaining("ERROR", "HttpServer", "Error finishing response");
    }

    @Test
    void whatLooksForBlockingSeesIt() {
        assertThat(pod().query("block", "-")).isEqualTo("true");
    }
}
