package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A container that outlives its applications, each of which has libraries of its own. */
class RedeployIT extends PublisherCells {

    @RegisterExtension
    static final Stage stage = Stage.with(plan -> plan.classPath(List.of(Libraries.classes("base")))
            .mainClass("dev.chatstream.it.apps.Deployments")
            .arguments(described("new", newer()), described("old", older()))
            .with("heartbeat", "200ms"));

    @Override
    protected Stage stage() {
        return stage;
    }

    private static String described(String name, List<Path> path) {
        return name + "=dev.chatstream.it.apps.publishers.PublisherChats="
                + path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> newer() {
        List<Path> path = new ArrayList<>(Libraries.of("publishers"));
        path.remove(Libraries.classes("base")); // the container's
        return path;
    }

    /** The same with a Reactor that is six years older. */
    private static List<Path> older() {
        List<Path> path = new ArrayList<>(newer());
        path.removeIf(Libraries::isReactor);
        Path neighbours = AgentJar.placeOf(RedeployIT.class).resolveSibling("neighbours/libraries");
        Libraries.in(neighbours).stream().filter(Libraries::isReactor).forEach(path::add);
        return path;
    }

    private void deploy(String name, String reactor) {
        assertThat(pod().query("deploy", name)).contains(reactor);
    }

    private void isCollectedWhenUndeployed(String name) {
        assertThat(pod().query("undeploy", name)).isEqualTo("undeployed");
        Eventually.until(
                name + " is collected", () -> pod().query("collected", name).equals("true"));
    }

    /** Every kind once to its end, and once stopped. */
    @Test
    void anApplicationWhosePublishersWereFollowedIsCollected() {
        deploy("new", "reactor-core-3.8");
        for (Kind kind : Kind.values()) {
            String call = "redeployed-" + kind.method();
            ask(call, call, "new:" + kind.method(), "read");
            startedWithTheLock(call);
            tellWholeAnswer(kind, call);
            isTold(call, "done");
            String stopped = call + "-stopped";
            ask(stopped, stopped, "new:" + kind.method(), "read");
            stopElsewhere(startedWithTheLock(stopped));
            isCancelled(stopped);
            isFree(stopped);
        }
        isCollectedWhenUndeployed("new");
    }

    @Test
    void twoVersionsOfALibraryAreFollowedSideBySide() {
        deploy("new", "reactor-core-3.8");
        deploy("old", "reactor-core-3.3");
        for (Kind kind : List.of(Kind.FLUX, Kind.MONO, Kind.OPTIONAL)) {
            List<Told> open = new ArrayList<>();
            for (String name : List.of("new", "old")) {
                String call = "both-" + kind.method() + "-" + name;
                ask(call, call, name + ":" + kind.method(), "read");
                open.add(startedWithTheLock(call));
            }
            for (Told told : open) {
                stopElsewhere(told);
                isCancelled(told.chatId());
                isTold(told.chatId(), "aborted STOPPED by dev.chatstream.ChatAbortedException");
                isFree(told.chatId());
            }
        }
        isCollectedWhenUndeployed("old");
        isCollectedWhenUndeployed("new");
    }
}
