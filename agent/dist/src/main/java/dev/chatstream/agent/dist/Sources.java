package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Source.Given;
import dev.chatstream.agent.dist.Source.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the four sources; what a key and a value may be is not their business. */
final class Sources {

    private Sources() {}

    /** A command line, by key: in the place of an agent argument. */
    static Source options(Map<String, String> options) {
        return new Source(Kind.ARGUMENT, Source.OPTION, given(options));
    }

    static Source properties(Properties properties) {
        Map<String, String> sorted = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(Source.PROPERTY_PREFIX)) {
                sorted.put(name.substring(Source.PROPERTY_PREFIX.length()), properties.getProperty(name));
            }
        }
        return new Source(Kind.PROPERTY, "", given(sorted));
    }

    static Source environment(Map<String, String> environment) {
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            String name = entry.getKey();
            if (name.startsWith(Source.VARIABLE_PREFIX)
                    && !Injected.NAMES.matcher(name).matches()) {
                sorted.put(keyOf(name.substring(Source.VARIABLE_PREFIX.length())), entry.getValue());
            }
        }
        return new Source(Kind.VARIABLE, "", given(sorted));
    }

    /** The key of the table whose variable this is; for an unknown one the text, which spells back to the same name. */
    private static String keyOf(String name) {
        for (Setting<?> setting : SettingsTable.ALL) {
            if (Source.upper(setting.key()).equals(name)) {
                return setting.key();
            }
        }
        return name;
    }

    static Source file(Path path, String named, Remarks remarks) {
        Map<String, String> sorted = new TreeMap<>();
        try {
            Properties properties = load(path);
            for (String name : properties.stringPropertyNames()) {
                sorted.put(name, properties.getProperty(name));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            remarks.mistake(
                    "The config file " + path + " (" + named + ") cannot be read (" + unreadable
                            + "); it has to be a properties file.",
                    "Nothing is taken from it.");
        }
        return new Source(Kind.FILE, path.toString(), given(sorted));
    }

    private static Properties load(Path path) throws IOException {
        Properties properties = new Properties();
        properties.load(new InputStreamReader(new ByteArrayInputStream(TextFiles.read(path)), StandardCharsets.UTF_8));
        return properties;
    }

    private static List<Given> given(Map<String, String> texts) {
        List<Given> given = new ArrayList<>();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                given.add(new Given(entry.getKey(), entry.getValue()));
            }
        }
        return given;
    }

    /** What Kubernetes injects for services whose names begin with chatstream; made only where there is a candidate. */
    private static final class Injected {
        static final Pattern NAMES = Pattern.compile("CHATSTREAM.*_SERVICE_HOST|CHATSTREAM.*_SERVICE_PORT.*"
                + "|CHATSTREAM.*_PORT|CHATSTREAM.*_PORT_[0-9]+_.*");
    }
}
