package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Values.Said;
import dev.chatstream.agent.instrument.Weaving;

/** The sentences about settings: key, value, where it came from, what is allowed. */
final class Messages {

    private static final int LONGEST_SHOWN = 200;

    private Messages() {}

    static String wrong(Setting<?> setting, Said said, String complaint) {
        return named(setting, said) + " is not allowed: " + complaint + ".";
    }

    /** {@code lock-ttl=5x (agent argument)}, without secrets. */
    static String named(Setting<?> setting, Said said) {
        return setting.key() + "=" + cut(setting.shown(said.text())) + " ("
                + said.source().where(setting.key()) + ")";
    }

    /** {@code methods: the rule com.acme.Chat#ask[ (agent argument, column 15) is not allowed: …}. */
    static String wrongRule(Setting<?> setting, Weaving.WrongRule rule) {
        return setting.key() + ": the rule " + cut(rule.rule()) + " (" + rule.place() + ") is not allowed: "
                + rule.what() + ".";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    static String standardUsed(String standard) {
        return standard.equals("none") ? "It is ignored." : "The default is used: " + standard + ".";
    }

    /** No value: a key with a typo may be that of a password. */
    static String unknown(String key, Source source) {
        Source.Kind kind = source.kind();
        return cut(kind.spell(key)) + " (" + source.name() + ") is no setting; the nearest is "
                + kind.spell(NearestKey.to(key)) + ".";
    }

    static String nestedFile(Source source) {
        return "config-file cannot stand in the config file itself (" + source.name() + ").";
    }
}
