package dev.chatstream.agent.dist;

import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import java.util.List;
import java.util.Map;

/** {@code check --json}: JSON as RFC 8259 has it, in ASCII, so that no terminal and no pipe changes it. */
final class CheckupJson {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();

    private CheckupJson() {}

    static String of(Checkup checkup) {
        CheckupJson writer = new CheckupJson();
        writer.write(checkup);
        return writer.json.append('\n').toString();
    }

    private void write(Checkup checkup) {
        json.append("{\n  \"version\": ");
        text(checkup.version());
        json.append(",\n  \"ok\": ").append(checkup.isFine());
        json.append(",\n  \"classes\": ").append(checkup.checked().classes());
        json.append(",\n  \"methods\": [");
        String before = "\n    ";
        for (Finding finding : checkup.checked().findings()) {
            json.append(before);
            write(finding);
            before = ",\n    ";
        }
        json.append("\n  ],\n  \"mistakes\": ");
        texts(checkup.mistakes());
        json.append(",\n  \"remarks\": ");
        texts(checkup.checked().remarks());
        json.append("\n}");
    }

    private void write(Finding finding) {
        boolean guarded = finding.verdict() == Verdict.GUARDED;
        json.append("{\"method\": ");
        text(finding.method());
        json.append(", \"guarded\": ").append(guarded);
        json.append(", \"source\": ");
        text(finding.source());
        if (guarded) {
            json.append(", \"shape\": ");
            text(finding.shape());
            json.append(", \"names\": ");
            names(finding.names());
            json.append(", \"remarks\": ");
            texts(finding.remarks());
        } else {
            json.append(", \"why\": ");
            text(finding.why());
        }
        json.append('}');
    }

    private void names(Map<String, String> names) {
        json.append('{');
        String before = "";
        for (Map.Entry<String, String> name : names.entrySet()) {
            json.append(before);
            text(name.getKey());
            json.append(": ");
            text(name.getValue());
            before = ", ";
        }
        json.append('}');
    }

    private void texts(List<String> texts) {
        json.append('[');
        String before = "";
        for (String text : texts) {
            json.append(before);
            text(text);
            before = ", ";
        }
        json.append(']');
    }

    private void text(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                json.append(c);
            } else {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
        json.append('"');
    }
}
