package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With OpenTelemetry beside, a call")
class SpansTest {

    private final SdkTracerProvider tracers = tracers(Sampler.alwaysOn());
    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
        tracers.close();
    }

    @Test
    void isShownOnTheSpanThatIsCurrentWhereItBegins() throws Exception {
        otelIsLoaded();
        Span span = span(tracers);
        Call.Listener listener = Objects.requireNonNull(listenerWithin(span));
        Duration waited = Duration.ofMillis(1500);
        listener.hear("m", new Call.Event.LetIn(waited, true));
        listener.hear("m", new Call.Event.LetIn(Duration.ZERO, false));
        listener.hear("m", new Call.Event.Refused(waited, new Entry.Busy("busy", "secret", "s")));
        listener.hear("m", new Call.Event.Refused(waited, new Entry.Unavailable("away", "secret")));
        listener.hear("m", new Call.Event.Refused(waited, new Entry.Aborted("gone", "m", AbortReason.SUPERSEDED)));
        listener.hear("m", new Call.Event.Aborted(AbortReason.LOCK_LOST));

        assertThat(events(span))
                .containsExactly(
                        wait("1.5", "granted"),
                        wait("0.0", "would_be_busy"),
                        wait("1.5", "busy"),
                        wait("1.5", "unavailable"),
                        wait("1.5", "superseded"),
                        "chatstream.abort {chatstream.abort.reason=\"lock_lost\", chatstream.stream.id=\"m\"}")
                .noneMatch(event -> event.contains("secret"));
        span.end();
        listener.hear("m", new Call.Event.Aborted(AbortReason.STOPPED));
        assertThat(events(span)).as("an ended span takes none").hasSize(6);
        assertThat(woven.said()).isEmpty();
    }

    private static String wait(String seconds, String outcome) {
        return "chatstream.wait {chatstream.stream.id=\"m\", chatstream.wait.duration=" + seconds
                + ", chatstream.wait.outcome=\"" + outcome + "\"}";
    }

    @Test
    void isShownNowhereWithoutASpanThatRecords() throws Exception {
        otelIsLoaded();
        assertThat(listener(application)).as("no span").isNull();
        try (SdkTracerProvider dropping = tracers(Sampler.alwaysOff())) {
            assertThat(listenerWithin(span(dropping)))
                    .as("a span that is dropped")
                    .isNull();
        }
        assertThat(woven.said()).isEmpty();
    }

    @Test
    void looksForNothingUntilAClassOfOpenTelemetryHasPassed() throws Exception {
        assertThat(listenerWithin(span(tracers))).isNull();
        otelIsLoaded();
        assertThat(listenerWithin(span(tracers))).isNotNull();
    }

    @Test
    void isShownNowhereWhereTheApplicationDoesNotSeeTheApi() throws Exception {
        otelIsLoaded();
        Application without = new Application(ClassLoader.getPlatformClassLoader(), true);
        without.give("app.Bare", Files.asking("app/Bare", "#p0"));
        Span span = span(tracers);
        try (Scope scope = span.makeCurrent()) {
            without.loadClass("app.Bare").getMethod("ask", Object.class).invoke(null, "c");
        }
        assertThat(woven.engine.only().call.listener()).isNull();
        assertThat(woven.said()).isEmpty();
    }

    /** In a JVM of many tests its classes may have been loaded before this one began. */
    private void otelIsLoaded() throws Exception {
        application.give("io.opentelemetry.Any", Files.asking("io/opentelemetry/Any", "#p0"));
        application.loadClass("io.opentelemetry.Any");
    }

    /** Without a processor of spans nothing is recorded. */
    private static SdkTracerProvider tracers(Sampler sampler) {
        return SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
                .build();
    }

    private static Span span(SdkTracerProvider tracers) {
        return tracers.get("test").spanBuilder("request").startSpan();
    }

    private Call.@Nullable Listener listenerWithin(Span span) throws Exception {
        try (Scope scope = span.makeCurrent()) {
            return listener(application);
        }
    }

    private Call.@Nullable Listener listener(Application caller) throws Exception {
        Application.call(caller.create("Chat"), "answer", "c", "m", (java.util.concurrent.Callable<?>) () -> "");
        return woven.engine.visits.getLast().call.listener();
    }

    private static List<String> events(Span span) {
        return ((ReadableSpan) span)
                .toSpanData().getEvents().stream()
                        .map(event -> event.getName() + " " + event.getAttributes())
                        .toList();
    }
}
