package dev.chatstream.it.beside;

import dev.chatstream.it.harness.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a traced process has exported to its standard output: a line of OTLP's JSON for each batch. */
record Spans(List<Spans.Span> all) {

    record Span(String name, List<Spans.Event> events) {}

    record Event(String name, Map<String, String> attributes) {}

    static Spans of(Output output) {
        List<Span> spans = new ArrayList<>();
        output.text().lines().filter(line -> line.startsWith("{")).forEach(batch -> read(batch, spans));
        return new Spans(spans);
    }

    private static void read(String batch, List<Span> spans) {
        for (JsonNode together : JsonMapper.shared().readTree(batch).findValues("spans")) {
            together.forEach(span -> spans.add(new Span(span.get("name").asString(), events(span))));
        }
    }

    private static List<Event> events(JsonNode span) {
        List<Event> events = new ArrayList<>();
        span.path("events").forEach(each -> {
            Map<String, String> attributes = new LinkedHashMap<>();
            each.path("attributes")
                    .forEach(attribute -> attributes.put(
                            attribute.get("key").asString(),
                            attribute.get("value").iterator().next().asString()));
            events.add(new Event(each.get("name").asString(), attributes));
        });
        return events;
    }

    List<String> names() {
        return all.stream().map(Span::name).toList();
    }

    /** What is told of our streams on the spans of this name. */
    List<Event> ours(String name) {
        return all.stream()
                .filter(span -> span.name().equals(name))
                .flatMap(span -> span.events().stream())
                .filter(event -> event.name().startsWith("chatstream."))
                .toList();
    }
}
