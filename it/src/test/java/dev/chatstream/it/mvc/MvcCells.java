package dev.chatstream.it.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.SetArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** What the cells of the table in {@code agent/docs/shapes.md} are tested with, for each line of Spring. */
abstract class MvcCells {

    private final List<Visitor> visitors = new ArrayList<>();

    abstract Stage stage();

    /** On Tomcat. */
    static Stage onSpring(String line) {
        return onSpring(line, "dev.chatstream.it.mvc.TomcatServer", List.of());
    }

    /** @param libraries of the server, which come first */
    static Stage onSpring(String line, String server, List<Path> libraries) {
        List<Path> path = new ArrayList<>(libraries);
        path.addAll(jarsIn("spring-" + line));
        return Stage.with(plan -> plan.classPath(path)
                .mainClass("dev.chatstream.it.mvc.MvcApp")
                .arguments(server)
                .with("heartbeat", "200ms")
                .flags("-Dspring.http.response.flush.enabled=true")); // or a body's flush() would do nothing
    }

    private static List<Path> jarsIn(String folder) {
        Path path = AgentJar.placeOf(MvcCells.class).resolveSibling("mvc").resolve(folder);
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        } catch (IOException absent) {
            throw new IllegalStateException(path + " is made by ./mvnw verify, in pre-integration-test", absent);
        }
    }

    @AfterEach
    void leave() {
        visitors.forEach(Visitor::close);
    }

    Pod pod() {
        return stage().first();
    }

    /** Asks a pod, which says what happens under the name of the call. */
    Visitor visit(Pod of, String path) {
        Visitor visitor = Visitor.of(portOf(of), path);
        visitors.add(visitor);
        return visitor;
    }

    static int portOf(Pod pod) {
        String ready = pod.output().containing("ready - port ").getFirst();
        return Integer.parseInt(ready.substring("ready - port ".length()));
    }

    Visitor visit(String shape, String call, String parameters) {
        return visit(pod(), "/" + shape + "?call=" + call + "&chat=" + call + parameters);
    }

    Told entered(String call) {
        Told told = pod().entered(call);
        assertThat(stage().holderOf(call)).isEqualTo(told.streamId());
        return told;
    }

    void stopElsewhere(Told told) {
        stage().second().query("abort", told.streamId());
    }

    void steal(String chat) {
        stage().redis().client().set(RedisUnderTest.lockOf(chat), "thief", SetArgs.Builder.px(60_000));
    }

    void isFree(String chat) {
        stage().awaitHolder(chat, null);
    }

    void isHeld(String chat, Told told) {
        assertThat(stage().holderOf(chat)).isEqualTo(told.streamId());
    }

    /** The next thing of that kind that the pod says of the call. */
    String said(String what, String call) {
        String beginning = what + " " + call + " ";
        return pod().output().await(beginning).substring(beginning.length());
    }

    /** Once all have forgotten what the call returned. */
    void isFreeOnceCollected(String chat) {
        pod().tell("forget", chat);
        Eventually.until("the chat is free", () -> {
            pod().query("collect", "-"); // one at a time: they would keep the pod from what the next test tells it
            return stage().holderOf(chat) == null;
        });
    }

    void assertNoWarning(String chat) {
        assertThat(pod().log().containing("WARN")).noneMatch(line -> line.contains(chat));
    }
}
