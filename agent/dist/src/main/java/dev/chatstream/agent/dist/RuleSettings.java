package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Values.Said;
import dev.chatstream.agent.instrument.Weaving;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the rules of {@code methods} and {@code methods-file}; loaded only where one of them is set. */
final class RuleSettings {

    private static final String CONSEQUENCE = "This rule is ignored.";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Weaving.Rules rules = Weaving.Rules.none();
    private final Values values;
    private final Remarks remarks;

    private RuleSettings(Values values, Remarks remarks) {
        this.values = values;
        this.remarks = remarks;
    }

    /** Those that are right; what is wrong is remarked. */
    static Weaving.Rules read(Values values, Remarks remarks) {
        RuleSettings settings = new RuleSettings(values, remarks);
        settings.text();
        settings.file();
        return settings.rules;
    }

    private void text() {
        Optional<Said> said = values.said(SettingsTable.METHODS);
        if (said.isPresent()) {
            String source = said.get().source().where(SettingsTable.METHODS.key());
            remark(SettingsTable.METHODS, rules.read(said.get().text(), source));
        }
    }

    private void file() {
        Optional<Path> path = values.given(SettingsTable.METHODS_FILE);
        if (path.isPresent()) {
            try {
                remark(
                        SettingsTable.METHODS_FILE,
                        rules.readLines(text(path.get()), path.get().toString()));
            } catch (IOException unreadable) {
                Said said = values.said(SettingsTable.METHODS_FILE).orElseThrow();
                remarks.mistake(
                        Messages.named(SettingsTable.METHODS_FILE, said) + " cannot be read (" + unreadable
                                + "): write a file of rules, one a line.",
                        "No rule is taken from it.");
            }
        }
    }

    private static String text(Path path) throws IOException {
        byte[] bytes = TextFiles.read(path);
        boolean wide = bytes.length > 1 && (bytes[0] == (byte) 0xFF || bytes[0] == (byte) 0xFE);
        if (wide) {
            throw new IOException("it is in UTF-16 and has to be in UTF-8");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private void remark(Setting<?> setting, List<Weaving.WrongRule> wrong) {
        for (Weaving.WrongRule rule : wrong) {
            remarks.mistake(Messages.wrongRule(setting, rule), CONSEQUENCE);
        }
    }
}
