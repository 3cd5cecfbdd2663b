package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A rule made at random, and the text that says so. */
record RandomRule(String type, String method, List<String> parameters, Map<String, String> elements, String text) {

    private static final List<String> EXPRESSIONS = List.of(
            "#p0", "#request.chatId", "'a|b,c)d' + #p1", "#p0?.['it''s|']", "'x' + #p0.name + '(#'", "#p2['[k]']");

    static RandomRule of(Random random, int number) {
        String type = pick(random, "com.acme.Chat", "Chat", "com.acme.Outer$Inner", "com.acme.Outer.Inner", "käse.Ö");
        String method = pick(random, "stream", "ask", "a$b", "run-x") + number;
        List<String> parameters = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters.add(pick(random, "int", "java.lang.String", "long[][]", "com.acme.Outer.Inner[]"));
        }
        Map<String, String> elements = elements(random);
        String types = random.nextBoolean() ? "[" + String.join(pick(random, ",", " , "), parameters) + "]" : "";
        String text = type + pick(random, "#", " # ") + method + types + arguments(elements, random);
        return new RandomRule(type, method, types.isEmpty() ? null : parameters, elements, text);
    }

    private static Map<String, String> elements(Random random) {
        Map<String, String> elements = new TreeMap<>();
        for (String element : List.of("chatId", "streamId", "requestId")) {
            if (random.nextBoolean()) {
                elements.put(element, EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size())));
            }
        }
        if (random.nextBoolean()) {
            elements.put("onBusy", pick(random, "WAIT", "REJECT", "SUPERSEDE"));
            elements.put("acquireTimeout", pick(random, "5s", "200ms", "PT5S"));
        }
        return elements;
    }

    private static String arguments(Map<String, String> elements, Random random) {
        List<String> arguments = new ArrayList<>();
        elements.forEach((name, value) -> arguments.add(name + pick(random, "=", " = ") + value));
        Collections.shuffle(arguments, random);
        if (elements.containsKey("chatId") && random.nextBoolean()) {
            arguments.removeIf(argument -> argument.startsWith("chatId"));
            arguments.add(0, elements.get("chatId"));
        }
        return arguments.isEmpty()
                ? pick(random, "", "()")
                : "(" + String.join(pick(random, ",", " , "), arguments) + ")";
    }

    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    void isReadAs(MethodRule rule) {
        assertThat(rule.type()).as(text).isEqualTo(type);
        assertThat(rule.method()).as(text).isEqualTo(method);
        assertThat(rule.picksOverload()).as(text).isEqualTo(parameters != null);
        assertThat(rule.target()).as(text).endsWith("#" + method + (parameters == null ? "" : parameters.toString()));
        Elements read = rule.elements();
        assertThat(read.chatId()).as(text).isEqualTo(elements.getOrDefault("chatId", ""));
        assertThat(read.streamId()).as(text).isEqualTo(elements.getOrDefault("streamId", ""));
        assertThat(read.requestId()).as(text).isEqualTo(elements.getOrDefault("requestId", ""));
        assertThat(read.onBusy()).as(text).isEqualTo(elements.getOrDefault("onBusy", Elements.DEFAULT));
        assertThat(read.acquireTimeout()).as(text).isEqualTo(elements.getOrDefault("acquireTimeout", ""));
    }
}
