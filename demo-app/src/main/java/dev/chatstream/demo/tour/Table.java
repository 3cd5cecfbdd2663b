package dev.chatstream.demo.tour;

import dev.chatstream.demo.tour.Scene.AsPromised;
import dev.chatstream.demo.tour.Scene.Finding;
import dev.chatstream.demo.tour.Scene.LeftOut;
import dev.chatstream.demo.tour.Scene.Otherwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The end of the tour: a row a scene, in plain ASCII, as wide as it is told. */
final class Table {
    private static final List<Integer> SHARES = List.of(20, 26, 30, 24);
    private static final int VERDICT_WIDTH = 8;
    private static final int NARROWEST = 72;

    private final int[] widths;
    private final List<Row> rows = new ArrayList<>();

    Table(int columns) {
        int frame = 3 * (SHARES.size() + 1) + 1;
        int room = Math.max(NARROWEST, columns) - frame - VERDICT_WIDTH;
        widths = IntStream.concat(SHARES.stream().mapToInt(share -> room * share / 100), IntStream.of(VERDICT_WIDTH))
                .toArray();
    }

    void add(String what, Finding without, Finding with, String promise) {
        rows.add(new Row(what, without, with, promise));
    }

    boolean allAsPromised() {
        return rows.stream().noneMatch(Row::isOtherwise);
    }

    /** @param settings that the measured times follow from */
    String draw(String settings) {
        List<String> lines = new ArrayList<>();
        lines.add(rule('-'));
        lines.addAll(wrapped("what happens", "without ChatStream", "with ChatStream, " + settings, "promised", ""));
        lines.add(rule('='));
        for (Row row : rows) {
            lines.addAll(wrapped(row.what, row.without.measured(), row.with.measured(), row.promise, row.verdict()));
            lines.add(rule('-'));
        }
        return String.join("\n", lines);
    }

    private String rule(char c) {
        return Arrays.stream(widths)
                .mapToObj(width -> String.valueOf(c).repeat(width + 2))
                .collect(Collectors.joining("+", "+", "+"));
    }

    private List<String> wrapped(String... cells) {
        List<List<String>> columns = IntStream.range(0, cells.length)
                .mapToObj(i -> wrap(cells[i], widths[i]))
                .toList();
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, height)
                .mapToObj(line -> IntStream.range(0, cells.length)
                        .mapToObj(i -> padded(
                                line < columns.get(i).size() ? columns.get(i).get(line) : "", widths[i]))
                        .collect(Collectors.joining(" | ", "| ", " |")))
                .toList();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Breaks at spaces, and in the middle of what is longer than a line. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            for (; rest.length() > width; rest = rest.substring(width)) {
                lines.add(rest.substring(0, width));
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private record Row(String what, Finding without, Finding with, String promise) {
        boolean isOtherwise() {
            return without instanceof Otherwise || with instanceof Otherwise;
        }

        String verdict() {
            return switch (without instanceof Otherwise ? without : with) {
                case AsPromised kept -> "yes";
                case LeftOut left -> "left out";
                case Otherwise no -> "NO";
            };
        }
    }
}
