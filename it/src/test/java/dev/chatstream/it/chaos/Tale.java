package dev.chatstream.it.chaos;

import dev.chatstream.it.chaos.Story.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A history made by hand, for the tests of the checker: all times in milliseconds, the TTL is 2,000, the chat one. */
final class Tale {

    static final long TTL = 2_000;

    private static final long MILLI = 1_000_000;
    private static final long KEEP = Duration.ofHours(1).toMillis();
    private static final String LOCK = "copilot:chat-stream-lock:c";
    private static final String RECORD = "chatstream:holder:{" + LOCK + "}";

    private final List<List<String>> commands = new ArrayList<>();
    private final Map<String, Story> stories = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private long ended = Story.NEVER;
    private boolean clean;

    /** Redis wins the lock for this stream; its nonce is its name. */
    Tale won(String who, long fence, long at) {
        return won(who, fence, at, "-");
    }

    Tale won(String who, long fence, long at, String overruled) {
        return together(
                set(RECORD, who + " " + fence + " open " + overruled, at + TTL + KEEP),
                set(LOCK, "id-" + who, at + TTL));
    }

    Tale plainWon(String id, long at) {
        commands.add(set(LOCK, id, at + TTL));
        return this;
    }

    Tale plainWonAfterAnExpiredOne(String id, long at) {
        return together(List.of("DEL", LOCK), set(LOCK, id, at + TTL));
    }

    Tale renewed(long at) {
        return together(
                List.of("PEXPIREAT", RECORD, Long.toString(at + TTL + KEEP)),
                List.of("PEXPIREAT", LOCK, Long.toString(at + TTL)));
    }

    /** By the stream of this record. */
    Tale released(String who, long fence, long at) {
        return together(List.of("DEL", LOCK), set(RECORD, who + " " + fence + " closed -", at + KEEP));
    }

    /** As an expiry is written, and a deletion by hand. */
    Tale gone() {
        commands.add(List.of("DEL", LOCK));
        return this;
    }

    /** At each of these times it sees itself hold until then. */
    Tale holds(String who, long fence, long until, long... times) {
        for (long at : times) {
            sees(who, fence, at, at, until - at);
        }
        return this;
    }

    Tale sees(String who, long fence, long before, long after, long remaining) {
        story(who, before).samples.add(new Sample(before * MILLI, after * MILLI, remaining * MILLI, fence));
        return this;
    }

    Tale ends(String who, long at) {
        story(who, at).ended = at * MILLI;
        story(who, at).outcome = "left:done";
        return this;
    }

    Tale claimsAfterItsEnd(String who) {
        story(who, 0).claimsAfterItsEnd = true;
        return this;
    }

    /** All processes. */
    Tale allEnd(long at, boolean cleanly) {
        ended = at * MILLI;
        clean = cleanly;
        return this;
    }

    Tale paused(long from, long to) {
        faults.add(new Fault(Fault.Kind.CLIENTS_PAUSED, "all", from * MILLI, to * MILLI));
        return this;
    }

    Tale quiet(long from, long to) {
        faults.add(new Fault(Fault.Kind.QUIET, "-", from * MILLI, to * MILLI));
        return this;
    }

    private Story story(String who, long began) {
        String how = who.startsWith("plain") ? "plain" : "wait";
        return stories.computeIfAbsent(who, name -> new Story(name, "c", how, began * MILLI));
    }

    private Tale together(List<String> one, List<String> other) {
        commands.addAll(List.of(List.of("MULTI"), one, other, List.of("EXEC")));
        return this;
    }

    private static List<String> set(String key, String value, long expiry) {
        return List.of("SET", key, value, "PXAT", Long.toString(expiry));
    }

    Checker checker() {
        Clock clock = new Clock();
        clock.set(0, 0);
        Ledger ledger = Ledger.read(commands, Duration.ofMillis(TTL), Duration.ofMillis(KEEP));
        Life life = new Life("A", List.copyOf(stories.values()), ended, clean);
        return new Checker(new Evidence(Duration.ofMillis(TTL), List.of(life), ledger, clock, faults));
    }

    /** The rules that were broken. */
    List<String> broken() {
        return checker().violations().stream().map(Violation::rule).distinct().toList();
    }
}
