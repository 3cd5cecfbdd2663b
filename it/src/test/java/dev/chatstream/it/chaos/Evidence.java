package dev.chatstream.it.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is known of a run: what the participants saw, what Redis wrote, what the conductor did. */
record Evidence(Duration ttl, List<Life> lives, Ledger ledger, Clock clock, List<Fault> faults) {

    List<Story> stories() {
        return lives.stream().flatMap(life -> life.stories().stream()).toList();
    }

    Set<String> chats() {
        return stories().stream().map(story -> story.chat).collect(Collectors.toSet());
    }

    /** The locks of each call: of ours by chat and fence, of the plain client by the stream id. */
    Map<String, List<Ledger.Lock>> locksByOwner() {
        Map<String, List<Ledger.Lock>> byOwner = new HashMap<>();
        for (Ledger.Lock lock : ledger.locks()) {
            byOwner.computeIfAbsent(owner(lock), key -> new ArrayList<>()).add(lock);
        }
        return byOwner;
    }

    private static String owner(Ledger.Lock lock) {
        return lock.chat + " " + (lock.isPlain() ? lock.value : Long.toString(lock.fence));
    }

    static String owner(Story story) {
        return story.chat + " " + (story.isPlain() ? story.who : Long.toString(story.fence()));
    }
}
