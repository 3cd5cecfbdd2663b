package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.beside.OtherAgents.Order;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Beside OpenTelemetry's agent")
class OpenTelemetryIT {

    private static final Path JAR = OtherAgents.jar("opentelemetry-javaagent.jar");

    /** Those of the application's that there are only where chats are guarded. */
    private static final List<String> OF_GUARDED =
            List.of("GET", "GET /busy", "GET", "GET /busy", "granted", "busy", "stopped", "SET", "future", "publisher");

    @RegisterExtension
    static final Stage stage = Stage.plain();

    private static Spans withoutUs = new Spans(List.of());

    @BeforeAll
    static void runWithoutUs() {
        withoutUs = Spans.of(Output.of(traced(stage.plan().withoutAgent(), Order.THEIRS_FIRST)));
    }

    @ParameterizedTest
    @EnumSource
    void theGuardIsAsWithoutItAndSpansAreAsWithoutUs(Order order) {
        Output with = Output.of(traced(stage.plan(), order));

        assertThat(answers(with))
                .containsExactly(
                        "chat 200 hello from one, lock one",
                        "busy 409 holder-of-b",
                        "free 200 two",
                        "plain hello",
                        "granted granted",
                        "refused holder-of-e",
                        "stopped interrupted",
                        "future ChatAbortedException",
                        "publisher ChatAbortedException");
        List<String> expected = new ArrayList<>(withoutUs.names());
        assertThat(expected).contains("GET /chat", "SET", "GET", "plain");
        expected.addAll(OF_GUARDED);
        assertThat(Spans.of(with).names())
                .as("none for our own commands")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(with.errors()).noneMatch(line -> line.matches("\\[chatstream].*(WARN|ERROR) .*"));
        assertEvents(Spans.of(with));
    }

    private static void assertEvents(Spans spans) {
        assertThat(spans.ours("plain")).isEmpty();
        assertThat(spans.ours("GET /chat")).isEmpty();
        assertThat(spans.ours("GET /busy")).singleElement().satisfies(event -> isWait(event, "two", "busy"));
        assertThat(spans.ours("granted")).singleElement().satisfies(event -> isWait(event, "granted", "granted"));
        assertThat(spans.ours("busy")).singleElement().satisfies(event -> {
            isWait(event, "busy", "busy");
            assertThat(Double.parseDouble(event.attributes().get("chatstream.wait.duration")))
                    .isGreaterThanOrEqualTo(0.2);
        });
        assertThat(spans.ours("stopped")).containsExactly(stop("stopped"));
        assertThat(spans.ours("future")).containsExactly(stop("future"));
        assertThat(spans.ours("publisher")).hasSize(2).last().isEqualTo(stop("publisher"));
        assertThat(spans.ours("publisher")).first().satisfies(event -> isWait(event, "publisher", "granted"));
    }

    private static void isWait(Spans.Event event, String streamId, String outcome) {
        assertThat(event.name()).isEqualTo("chatstream.wait");
        assertThat(event.attributes())
                .containsOnlyKeys("chatstream.stream.id", "chatstream.wait.duration", "chatstream.wait.outcome")
                .containsEntry("chatstream.stream.id", streamId)
                .containsEntry("chatstream.wait.outcome", outcome);
    }

    private static Spans.Event stop(String streamId) {
        return new Spans.Event(
                "chatstream.abort", Map.of("chatstream.stream.id", streamId, "chatstream.abort.reason", "stopped"));
    }

    @Test
    void anApplicationWithoutItsApiIsShownOnTheSpansThatTheAgentMakes() {
        Output output = Output.of(exporting(stage.plan(), Order.THEIRS_FIRST)
                .classPath(Libraries.in(neighbours()))
                .flags("-Dotel.javaagent.exclude-class-loaders=dev.chatstream.agent.IsolatedClassLoader"));

        assertThat(answers(output)).contains("busy 409 holder-of-b");
        assertThat(Spans.of(output).ours("GET /busy")).singleElement().satisfies(event -> isWait(event, "two", "busy"));
    }

    private static PodPlan traced(PodPlan plan, Order order) {
        List<Path> classPath = new ArrayList<>(Libraries.in(neighbours()));
        classPath.add(AgentJar.placeOf(Span.class));
        classPath.add(AgentJar.placeOf(Context.class));
        classPath.add(AgentJar.placeOf(ComponentLoader.class));
        return exporting(plan, order).classPath(classPath);
    }

    private static PodPlan exporting(PodPlan plan, Order order) {
        PodPlan traced = plan.with("lock-ttl", "60s")
                .with("redis-command-timeout", "20s") // beside an agent that looks at each class of Lettuce's
                .mainClass("dev.chatstream.it.beside.TracedApp")
                .arguments(stage.redis().uri())
                .flags(
                        "-Dotel.traces.exporter=experimental-otlp/stdout",
                        "-Dotel.bsp.schedule.delay=600000", // all at the end: the application writes to stdout too
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none");
        return OtherAgents.beside(traced, JAR, "", order);
    }

    private static Path neighbours() {
        return AgentJar.placeOf(OpenTelemetryIT.class).resolveSibling("neighbours/libraries");
    }

    private static List<String> answers(Output output) {
        return output.text()
                .lines()
                .filter(line -> line.startsWith("app: "))
                .map(line -> line.substring("app: ".length()))
                .toList();
    }
}
