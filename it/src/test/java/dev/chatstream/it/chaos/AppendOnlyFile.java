package dev.chatstream.it.chaos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The commands in a server's append-only file: all that it ever wrote, in order, with expiries as absolute times. */
final class AppendOnlyFile {

    private final byte[] bytes;
    private int at;

    private AppendOnlyFile(byte[] bytes) {
        this.bytes = bytes;
    }

    static List<List<String>> read(byte[] bytes) {
        AppendOnlyFile file = new AppendOnlyFile(bytes);
        List<List<String>> commands = new ArrayList<>();
        while (file.at < bytes.length) {
            commands.add(file.command());
        }
        return commands;
    }

    private List<String> command() {
        List<String> words = new ArrayList<>();
        for (int left = number('*'); left > 0; left--) {
            int length = number('$');
            words.add(new String(bytes, at, length, StandardCharsets.UTF_8));
            at += length + 2;
        }
        return words;
    }

    private int number(char kind) {
        int end = at;
        while (bytes[end] != '\r') {
            end++;
        }
        String line = new String(bytes, at, end - at, StandardCharsets.US_ASCII);
        if (line.charAt(0) != kind) {
            throw new IllegalStateException("not an append-only file, at " + at + ": " + line);
        }
        at = end + 2;
        return Integer.parseInt(line.substring(1));
    }
}
