package dev.chatstream.it.chaos;

import dev.chatstream.it.chaos.Ledger.End;
import dev.chatstream.it.chaos.Ledger.Lock;
import dev.chatstream.it.chaos.Story.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fences grow with every stream that gets a chat, by Redis' own order and by what the streams saw; each keeps its own. */
final class Fences {

    /** A call and the first time that it saw itself hold. */
    private record Seen(Story story, Sample held) {
        static Stream<Seen> first(Story story) {
            return story.samples.stream().filter(Sample::holds).limit(1).map(held -> new Seen(story, held));
        }
    }

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();
    private long given;

    Fences(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Violation> check() {
        inRedis();
        Map<String, Story> owners = new HashMap<>();
        for (Story story : evidence.stories()) {
            keepsIts(story);
            Story other = story.fence() == 0 ? null : owners.put(Evidence.owner(story), story);
            if (other != null) {
                add("a fence given twice", story, story.began, story + " and " + other);
            }
        }
        Set<String> overruled = evidence.ledger().locks().stream()
                .filter(lock -> lock.how == End.OVERRULED)
                .map(lock -> lock.chat + " " + lock.fence)
                .collect(Collectors.toCollection(HashSet::new));
        evidence.stories().stream()
                .filter(story -> !story.isPlain())
                .flatMap(Seen::first)
                .collect(Collectors.groupingBy(seen -> seen.story().chat))
                .values()
                .forEach(seen -> asSeen(seen, overruled));
        return violations;
    }

    /** How many fences Redis gave. */
    long given() {
        return given;
    }

    /** One that is not above all before is that of a stream which took its lock again, with nobody between. */
    private void inRedis() {
        Map<String, Lock> highest = new HashMap<>();
        for (Lock lock : evidence.ledger().locks()) {
            if (lock.isPlain()) {
                continue;
            }
            Lock before = highest.get(lock.chat);
            if (before == null || lock.fence > before.fence) {
                given++;
                highest.put(lock.chat, lock);
            } else if (!lock.nonce.equals(before.nonce)) {
                long at = evidence.clock().nanos(lock.from());
                violations.add(new Violation("fences in order", lock.chat, at, at, lock + " after " + before));
            }
        }
    }

    private void keepsIts(Story story) {
        long fence = 0;
        for (Sample sample : story.samples) {
            if (fence != 0 && sample.fence() != fence) {
                add("a stream keeps its fence", story, sample.before(), story + " had " + fence);
                return;
            }
            if (sample.holds() && sample.fence() == 0 && !story.isPlain()) {
                add("who holds has a fence", story, sample.before(), story.toString());
                return;
            }
            fence = sample.fence();
        }
    }

    /**
     * Who was first seen to hold after another was has the higher fence. One that was overruled may see itself for the first
     * time after its superseder did.
     */
    private void asSeen(List<Seen> all, Set<String> overruled) {
        List<Seen> byAfter = new ArrayList<>(all);
        byAfter.sort(Comparator.comparingLong(seen -> seen.held().after()));
        List<Seen> byBefore = new ArrayList<>(all);
        byBefore.sort(Comparator.comparingLong(seen -> seen.held().before()));
        int passed = 0;
        Story highest = null;
        for (Seen seen : byBefore) {
            Story story = seen.story();
            while (byAfter.get(passed).held().after() < seen.held().before()) {
                Story earlier = byAfter.get(passed++).story();
                highest = highest == null || earlier.fence() > highest.fence() ? earlier : highest;
            }
            if (highest != null && story.fence() <= highest.fence() && !overruled.contains(Evidence.owner(story))) {
                add("fences in order", story, seen.held().before(), story + " after " + highest);
            }
        }
    }

    private void add(String rule, Story story, long at, String what) {
        violations.add(new Violation(rule, story.chat, at, at, what));
    }
}
