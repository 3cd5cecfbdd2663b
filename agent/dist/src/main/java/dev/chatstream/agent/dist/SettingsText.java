package dev.chatstream.agent.dist;

/** The table of settings for a terminal and for the page of settings. */
final class SettingsText {

    private static final int WIDTH = 100;
    private static final int WIDEST_KEY = 24;

    static final String SOURCES = "Each as agent argument key=value;key=value, system property chatstream.key,"
            + " environment variable CHATSTREAM_KEY (upper case, - and . as _), or in the properties file that"
            + " config-file names; the first of these that has it wins; empty is unset.";

    static final String DURATIONS = "Durations are written as " + Durations.SUCH_AS + ".";

    private SettingsText() {}

    /** Lines of at most a hundred columns. */
    static String terminal() {
        StringBuilder text = new StringBuilder("Settings, their defaults, and what is allowed:\n");
        for (Setting<?> setting : SettingsTable.ALL) {
            text.append("\n  ")
                    .append(setting.key())
                    .append(" ".repeat(WIDEST_KEY - setting.key().length()));
            text.append(setting.standardSaid())
                    .append("  (")
                    .append(setting.form().brief())
                    .append(")\n");
            wrapped(text, "      ", setting.meaning());
        }
        text.append('\n');
        wrapped(text, "", SOURCES);
        wrapped(text, "", DURATIONS);
        return text.toString();
    }

    /** Rows of a Markdown table. */
    static String markdown() {
        StringBuilder text =
                new StringBuilder("| key | default | allowed | what it does |\n| --- | --- | --- | --- |\n");
        for (Setting<?> setting : SettingsTable.ALL) {
            text.append("| `").append(setting.key()).append("` | ");
            text.append(cell(setting.standardSaid())).append(" | ");
            text.append(cell(setting.form().brief())).append(" | ");
            text.append(cell(setting.meaning())).append(" |\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("#", "\\#").replace("_", "\\_");
    }

    private static void wrapped(StringBuilder text, String indent, String words) {
        int column = 0;
        for (String word : words.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            String before = column == 0 ? indent : " ";
            text.append(before).append(word);
            column += before.length() + word.length();
        }
        text.append('\n');
    }
}
