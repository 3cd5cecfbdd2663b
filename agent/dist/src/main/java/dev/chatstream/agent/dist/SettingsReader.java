package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Source.Given;
import dev.chatstream.agent.dist.Values.Said;
import dev.chatstream.agent.instrument.Weaving.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** From the four sources to the values that count, and what is to be said about them. */
final class SettingsReader {

    /** What was read, and what there is to say about it. */
    record Outcome(AgentSettings settings, Remarks remarks) {}

    private final Remarks remarks = new Remarks();
    private final Values values = new Values();

    private SettingsReader() {}

    static Outcome read(@Nullable String argument, Properties properties, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader();
        return new Outcome(reader.settings(argument, properties, environment), reader.remarks);
    }

    /** The rules and what there is to say about them. */
    record RulesRead(Rules rules, Remarks remarks) {}

    /**
     * The rules alone.
     *
     * @param options by key, of a command line: they stand before all others
     */
    static RulesRead rules(Map<String, String> options, Properties properties, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader();
        List<Source> sources = new ArrayList<>();
        sources.add(Sources.options(options));
        sources.add(Sources.properties(properties));
        sources.add(Sources.environment(environment));
        reader.takeFile(sources);
        reader.take(SettingsTable.METHODS, sources);
        reader.take(SettingsTable.METHODS_FILE, sources);
        return new RulesRead(RuleSettings.read(reader.values, reader.remarks), reader.remarks);
    }

    private Optional<Path> takeFile(List<Source> sources) {
        take(SettingsTable.CONFIG_FILE, sources);
        Optional<Path> file = values.given(SettingsTable.CONFIG_FILE);
        if (file.isPresent()) {
            Source namedBy =
                    values.said(SettingsTable.CONFIG_FILE).orElseThrow().source();
            sources.add(Sources.file(file.get(), namedBy.where(SettingsTable.CONFIG_FILE.key()), remarks));
        }
        return file;
    }

    private AgentSettings settings(@Nullable String argument, Properties properties, Map<String, String> environment) {
        List<Source> sources = new ArrayList<>();
        sources.add(AgentArgument.read(argument, remarks));
        sources.add(Sources.properties(properties));
        sources.add(Sources.environment(environment));
        boolean saysMode = isGiven(SettingsTable.MODE, sources);
        Optional<Path> file = takeFile(sources);
        Optional<Path> modeFile = saysMode ? Optional.empty() : file;
        for (Setting<?> setting : SettingsTable.ALL) {
            if (!setting.key().equals(SettingsTable.CONFIG_FILE.key())) {
                take(setting, sources);
            }
        }
        for (Source source : sources) {
            nameUnknown(source);
        }
        Relations relations = Relations.judge(values, remarks);
        Advice.give(values, remarks);
        return new AgentSettings(values, relations, modeFile, rules());
    }

    private @Nullable Rules rules() {
        boolean any = values.said(SettingsTable.METHODS).isPresent()
                || values.said(SettingsTable.METHODS_FILE).isPresent();
        return any ? RuleSettings.read(values, remarks) : null;
    }

    /** The first source that has it wins, also with a wrong value: a mistake must not bring an older value to life. */
    private <T> void take(Setting<T> setting, List<Source> sources) {
        for (Source source : sources) {
            for (Given given : source.given()) {
                String text = textOf(setting, given);
                if (given.key().equals(setting.key()) && !text.isEmpty()) {
                    judge(setting, new Said(text, source));
                    return;
                }
            }
        }
    }

    /** Rightly or wrongly. */
    private static boolean isGiven(Setting<?> setting, List<Source> sources) {
        for (Source source : sources) {
            for (Given given : source.given()) {
                if (given.key().equals(setting.key()) && !textOf(setting, given).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A password may begin or end with a space; nothing else does. */
    private static String textOf(Setting<?> setting, Given given) {
        return setting.secrecy() == Setting.Secrecy.SECRET
                ? given.text()
                : given.text().strip();
    }

    private <T> void judge(Setting<T> setting, Said said) {
        if (setting.form().read(said.text()).isPresent()) {
            values.put(setting, said);
        } else {
            remarks.mistake(
                    Messages.wrong(setting, said, setting.form().complaint(said.text())),
                    Messages.standardUsed(setting.standardSaid()));
        }
    }

    private void nameUnknown(Source source) {
        boolean inFile = source.kind() == Source.Kind.FILE;
        for (Given given : source.given()) {
            if (inFile && given.key().equals(SettingsTable.CONFIG_FILE.key())) {
                remarks.mistake(Messages.nestedFile(source), "It is ignored.");
            } else if (SettingsTable.find(given.key()).isEmpty()) {
                remarks.mistake(Messages.unknown(given.key(), source), "It is ignored.");
            }
        }
    }
}
