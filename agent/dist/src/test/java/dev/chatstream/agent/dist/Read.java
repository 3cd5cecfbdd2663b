package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Remarks.Remark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Settings read from one or more sources, for tests. */
final class Read {

    static final class From {
        private String argument;
        private final Properties properties = new Properties();
        private final java.util.HashMap<String, String> environment = new java.util.HashMap<>();

        From argument(String text) {
            argument = text;
            return this;
        }

        From property(String name, String value) {
            properties.setProperty(name, value);
            return this;
        }

        From variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        From file(Path file) {
            return property("chatstream.config-file", file.toString());
        }

        SettingsReader.Outcome read() {
            return SettingsReader.read(argument, properties, environment);
        }

        AgentSettings settings() {
            return read().settings();
        }

        List<String> lines() {
            return Read.lines(read());
        }
    }

    private Read() {}

    static From nothing() {
        return new From();
    }

    /** One setting, given by one kind of source. */
    static From from(Source.Kind kind, String key, String value, Path directory) {
        return switch (kind) {
            case ARGUMENT -> nothing().argument(key + "=" + value);
            case PROPERTY -> nothing().property("chatstream." + key, value);
            case VARIABLE ->
                nothing().variable("CHATSTREAM_" + key.toUpperCase().replace('-', '_'), value);
            case FILE -> nothing().file(file(directory, Map.of(key, value)));
        };
    }

    static Path file(Path directory, Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return file(directory, text.toString());
    }

    static Path file(Path directory, String text) {
        try {
            return Files.writeString(directory.resolve("chat.properties"), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<String> lines(SettingsReader.Outcome outcome) {
        return outcome.remarks().all().stream().map(Read::line).toList();
    }

    private static String line(Remark remark) {
        return remark.consequence().isEmpty() ? remark.line() : remark.line() + " " + remark.consequence();
    }
}
