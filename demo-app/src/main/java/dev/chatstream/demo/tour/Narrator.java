package dev.chatstream.demo.tour;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells on the screen what the tour does and sees. Colours and wrapped lines only where it is told to. */
final class Narrator {
    private static final String BOLD = "1";
    private static final String FAINT = "2";
    private static final String CYAN = "36";

    private static final String STAMP = "  12.3 s  ";
    private static final int NARROWEST = 40;

    private final PrintStream out;
    private final boolean wraps;
    private final boolean colours;
    private final int columns;
    private final long begun = System.nanoTime();
    private boolean silent;

    Narrator(PrintStream out, boolean wraps, boolean colours, int columns) {
        this.out = out;
        this.wraps = wraps;
        this.colours = colours;
        this.columns = columns;
    }

    int columns() {
        return columns;
    }

    /** Nothing more is said: somebody wants to leave. */
    synchronized void fallSilent() {
        silent = true;
    }

    void scene(int number, String title) {
        print("");
        print(paint(BOLD, number + ". " + title));
    }

    void part(String title) {
        print("   " + paint(BOLD, title));
    }

    /** What the tour thinks. */
    void say(String text) {
        tell("", FAINT, "", text);
    }

    /** What the tour does. */
    void act(String text) {
        tell("> ", CYAN, CYAN, text);
    }

    /** What is there: a line of a log, a key in Redis, a saved answer. */
    void see(String source, String text) {
        tell("  " + source + " | ", FAINT, "", text);
    }

    void see(String source, List<String> lines) {
        lines.forEach(line -> see(source, line));
    }

    void plain(String text) {
        print(text);
    }

    /** On a terminal a long text goes on below itself; where nobody looks, a line is a line. */
    private void tell(String mark, String markStyle, String style, String text) {
        int margin = STAMP.length() + mark.length();
        List<String> lines = text.lines()
                .flatMap(line ->
                        wraps ? Table.wrap(line, Math.max(NARROWEST, columns - margin)).stream() : Stream.of(line))
                .toList();
        String stamp = String.format(Locale.ROOT, "%6.1f s  ", (System.nanoTime() - begun) / 1e9);
        String before = paint(FAINT, stamp) + paint(markStyle, mark);
        for (String line : lines) {
            print(before + paint(style, line));
            before = " ".repeat(margin);
        }
    }

    private String paint(String style, String text) {
        return colours && !style.isEmpty() ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }

    private synchronized void print(String line) {
        if (!silent) {
            out.println(line);
            if (out.checkError()) {
                silent = true;
                throw new TourException("nobody reads on");
            }
        }
    }
}
