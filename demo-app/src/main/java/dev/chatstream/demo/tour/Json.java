package dev.chatstream.demo.tour;

import java.util.List;
import java.util.regex.Pattern;

/** As much of JSON as the tour reads: fields that hold a text or a number, wherever they stand. */
final class Json {
    private Json() {}

    /** The values of all fields of that name, in order; a field that is null is none. */
    static List<String> values(String json, String field) {
        Pattern wanted =
                Pattern.compile("\"" + Pattern.quote(field) + "\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+))");
        return wanted.matcher(json)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }

    /** The first value of that name, or an empty text. */
    static String value(String json, String field) {
        return values(json, field).stream().findFirst().orElse("");
    }
}
