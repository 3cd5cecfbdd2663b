package dev.chatstream.agent.core;

/** What becomes of an operation on the {@link InMemoryStore}. */
public sealed interface Fate {
    /** Applied and answered at once. */
    Fate APPLY = new Simple("apply");
    /** Applied at once; the answer is "no answer", at once. */
    Fate LOSE_ANSWER = new Simple("lose answer");
    /** Not applied, and answered "no answer" at once; the test may let it arrive later: {@link InMemoryStore#held}. */
    Fate ARRIVE_LATE = new Simple("arrive late");
    /** Neither applied nor answered before the test says so: {@link InMemoryStore#held}. */
    Fate HOLD = new Simple("hold");
    /** Applied at once; the answer is given when the test says so: {@link InMemoryStore#held}. */
    Fate HOLD_ANSWER = new Simple("hold answer");

    /** Not applied; answered by this failure at once. */
    record Fail(LeaseStore.Failure failure) implements Fate {}

    /** One of the constants above. */
    record Simple(String name) implements Fate {}
}
