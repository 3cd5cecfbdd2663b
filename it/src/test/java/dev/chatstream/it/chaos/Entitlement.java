package dev.chatstream.it.chaos;

import dev.chatstream.it.chaos.Ledger.End;
import dev.chatstream.it.chaos.Ledger.Lock;
import dev.chatstream.it.chaos.Ledger.Write;
import dev.chatstream.it.chaos.Story.Sample;
import dev.chatstream.it.chaos.Story.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most one entitled stream a chat, and none that believes in a lock for longer than Redis keeps it. Excused is who was
 * overruled, from then on, until the deadline that it had: it learns it by its next renewal.
 */
final class Entitlement {

    /** Redis' clock counts milliseconds, and ours and its are compared from outside. */
    static final long SLACK = 20_000_000;

    private final Evidence evidence;
    private final Map<String, List<Lock>> locks;
    private final List<Violation> violations = new ArrayList<>();
    private long spans;
    private long compared;

    Entitlement(Evidence evidence) {
        this.evidence = evidence;
        this.locks = evidence.locksByOwner();
    }

    List<Violation> check() {
        Map<String, List<Span>> byChat = new HashMap<>();
        for (Story story : evidence.stories()) {
            List<Lock> own = locks.getOrDefault(Evidence.owner(story), List.of());
            long overruled = overruledAt(own);
            for (Span span : story.spans()) {
                if (span.from() <= overruled) {
                    Span counted = new Span(story, span.from(), Math.min(span.to(), overruled));
                    byChat.computeIfAbsent(story.chat, chat -> new ArrayList<>())
                            .add(counted);
                }
            }
            outlived(story, own, overruled);
        }
        byChat.values().forEach(this::overlaps);
        return violations;
    }

    long spans() {
        return spans;
    }

    long compared() {
        return compared;
    }

    private long overruledAt(List<Lock> own) {
        return own.stream()
                .filter(lock -> lock.how == End.OVERRULED)
                .mapToLong(lock -> evidence.clock().nanos(lock.end) - SLACK)
                .min()
                .orElse(Story.NEVER);
    }

    /** Each with all that began before it was over, and with the one after that. */
    private void overlaps(List<Span> all) {
        all.sort(Comparator.comparingLong(Span::earliest));
        spans += all.size();
        for (int i = 0; i < all.size(); i++) {
            Span one = all.get(i);
            boolean reached = true;
            for (int j = i + 1; j < all.size() && reached; j++) {
                Span other = all.get(j);
                reached = other.earliest() <= one.latest();
                compared++;
                if (one.story() != other.story() && one.overlaps(other)) {
                    long from = Math.max(one.earliest(), other.earliest());
                    long to = Math.min(one.latest(), other.latest());
                    add("two entitled at once", one.story(), from, to, one.story() + " and " + other.story());
                }
            }
        }
    }

    private void outlived(Story story, List<Lock> own, long overruled) {
        for (Sample sample : story.samples) {
            if (!sample.holds()) {
                continue;
            }
            if (sample.after() < overruled && own.stream().noneMatch(lock -> wasThere(lock, sample))) {
                add("entitled without a lock", story, sample.before(), sample.after(), story + "; its locks: " + own);
                return;
            }
            long late = sample.deadline() - expiry(own, sample) - SLACK;
            if (late > 0) {
                String what = story + " believes in its lock for " + late / 1_000_000 + " ms too long";
                add("entitled for longer than the lock lives", story, sample.before(), sample.after(), what);
                return;
            }
        }
    }

    private boolean wasThere(Lock lock, Sample sample) {
        return evidence.clock().nanos(lock.from()) - SLACK <= sample.after()
                && evidence.clock().nanos(lock.until()) + SLACK >= sample.before();
    }

    /** The latest that Redis had written by then. */
    private long expiry(List<Lock> own, Sample sample) {
        long latest = Long.MIN_VALUE / 2;
        for (Lock lock : own) {
            for (Write write : lock.writes) {
                if (evidence.clock().nanos(write.at()) - SLACK <= sample.after()) {
                    latest = Math.max(latest, evidence.clock().nanos(write.expiry()));
                }
            }
        }
        return latest;
    }

    private void add(String rule, Story story, long from, long to, String what) {
        violations.add(new Violation(rule, story.chat, from, to, what));
    }
}
