package dev.chatstream.it.chaos;

import dev.chatstream.it.chaos.Ledger.Lock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** No lock outlives its stream by more than a TTL, nobody takes another's away, and who ends cleanly leaves none. */
final class Endings {

    /** One command more may be under way when a process dies, and clocks are compared. */
    static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

    private final Evidence evidence;
    private final Map<String, List<Lock>> locks;
    private final List<Violation> violations = new ArrayList<>();
    private long longest;

    Endings(Evidence evidence) {
        this.evidence = evidence;
        this.locks = evidence.locksByOwner();
    }

    List<Violation> check() {
        for (Lock lock : evidence.ledger().locks()) {
            if (lock.stolen) {
                long at = evidence.clock().nanos(lock.until());
                violations.add(new Violation("nobody takes another's lock", lock.chat, at, at, lock.toString()));
            }
        }
        evidence.faults().stream()
                .filter(fault -> fault.kind() == Fault.Kind.QUIET)
                .forEach(this::isUsed);
        for (Life life : evidence.lives()) {
            life.stories().forEach(story -> check(life, story));
        }
        return violations;
    }

    /** For how long a lock outlived its stream at most, while Redis was not paused; in nanoseconds. */
    long longest() {
        return longest;
    }

    /** All call for every chat all the time: where nothing happens to anybody, somebody gets it before a TTL is over. */
    private void isUsed(Fault quiet) {
        long from = quiet.from() + evidence.ttl().toNanos();
        Set<String> used = evidence.stories().stream()
                .filter(story -> story.began <= quiet.to() && story.ended >= from)
                .filter(story -> story.samples.stream()
                        .anyMatch(look -> look.holds() && look.before() >= from && look.after() <= quiet.to()))
                .map(story -> story.chat)
                .collect(Collectors.toSet());
        for (String chat : evidence.chats()) {
            if (!used.contains(chat)) {
                violations.add(new Violation("a chat is used again", chat, from, quiet.to(), "by nobody in " + quiet));
            }
        }
    }

    private void check(Life life, Story story) {
        if (story.claimsAfterItsEnd) {
            add("who has left claims nothing", story, story.ended, story.toString());
        }
        if (story.outcome.equals("unguarded") || story.outcome.startsWith("threw")) {
            add("a call enters or is refused", story, story.ended, story + ": " + story.outcome);
        }
        long end = life.endOf(story);
        for (Lock lock : locks.getOrDefault(Evidence.owner(story), List.of())) {
            long until = evidence.clock().nanos(lock.until());
            long stuck = until - afterPauses(end);
            longest = Math.max(longest, stuck);
            if (stuck > evidence.ttl().toNanos() + SLACK) {
                add("no chat is stuck longer than a TTL", story, end, lock + ", for " + stuck / 1_000_000 + " ms");
            }
            if (life.clean() && until > life.ended() + SLACK) {
                add("who ends cleanly leaves no lock", story, life.ended(), lock.toString());
            }
        }
    }

    /** What a paused server has received it applies when the pause ends, whoever has died since. */
    private long afterPauses(long end) {
        long applied = end;
        for (Fault fault : evidence.faults()) {
            if (fault.kind() == Fault.Kind.CLIENTS_PAUSED && fault.from() <= end && end <= fault.to()) {
                applied = Math.max(applied, fault.to());
            }
        }
        return applied;
    }

    private void add(String rule, Story story, long at, String what) {
        violations.add(new Violation(rule, story.chat, at, at, what));
    }
}
