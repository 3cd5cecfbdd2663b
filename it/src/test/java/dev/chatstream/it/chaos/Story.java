package dev.chatstream.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one call saw, as its notebook has it. */
final class Story {

    static final long NEVER = Long.MAX_VALUE;

    /**
     * One look at the lock. Where it was held, that was so at some moment between before and after, and then until the
     * deadline at least, if the call did not end.
     *
     * @param remaining nanoseconds; 0: it was not held
     */
    record Sample(long before, long after, long remaining, long fence) {
        boolean holds() {
            return remaining > 0;
        }

        long deadline() {
            return before + remaining;
        }
    }

    /**
     * A time in which a call certainly was entitled. Where it is known from one look alone, {@code from} is after {@code to}:
     * at some moment between the two. Either way two of them overlap for certain where each begins before the other ends.
     */
    record Span(Story story, long from, long to) {
        boolean overlaps(Span other) {
            return from <= other.to && other.from <= to;
        }

        long earliest() {
            return Math.min(from, to);
        }

        long latest() {
            return Math.max(from, to);
        }
    }

    final String who;
    final String chat;
    final String how;
    final long began;
    final List<Sample> samples = new ArrayList<>();
    long ended = NEVER;
    String outcome = "-";
    boolean claimsAfterItsEnd;

    Story(String who, String chat, String how, long began) {
        this.who = who;
        this.chat = chat;
        this.how = how;
        this.began = began;
    }

    /** The last fence that it saw; 0: none. */
    long fence() {
        return samples.isEmpty() ? 0 : samples.getLast().fence();
    }

    boolean isPlain() {
        return how.equals("plain");
    }

    /** A lease is held or over for good, and its deadline only grows: between two looks within a deadline it was held. */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        Sample first = null;
        Sample last = null;
        for (Sample next : samples) {
            boolean goesOn = last != null && next.holds() && next.before() <= last.deadline();
            if (first != null && last != null && !goesOn) {
                spans.add(new Span(this, first.after(), last.before()));
            }
            first = !next.holds() ? null : goesOn ? first : next;
            last = next.holds() ? next : null;
        }
        if (first != null && last != null) {
            spans.add(new Span(this, first.after(), last.before()));
        }
        return spans;
    }

    /** All calls of a participant; the last line of one that was killed may be torn. */
    static List<Story> read(String participant, Path notebook) {
        Map<String, Story> byCall = new LinkedHashMap<>();
        try {
            String text = Files.readString(notebook, StandardCharsets.US_ASCII);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> add(participant, line, byCall));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return List.copyOf(byCall.values());
    }

    private static void add(String participant, String line, Map<String, Story> byCall) {
        String[] words = line.split(" ");
        String call = words[1];
        if (words[0].equals("C")) {
            byCall.put(call, new Story(participant + "-" + call, words[3], words[4], Long.parseLong(words[2])));
            return;
        }
        Story story = byCall.get(call);
        switch (words[0]) {
            case "S" ->
                story.samples.add(new Sample(
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5])));
            case "E" -> {
                story.ended = Long.parseLong(words[2]);
                story.outcome = words[3];
                story.claimsAfterItsEnd = Boolean.parseBoolean(words[4]);
            }
            default -> throw new IllegalArgumentException(line);
        }
    }

    @Override
    public String toString() {
        return who + " (" + how + ", fence " + fence() + ")";
    }
}
