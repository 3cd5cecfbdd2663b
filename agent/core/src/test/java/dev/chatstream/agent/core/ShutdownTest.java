package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of the JVM, after the application's own hooks. */
class ShutdownTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    static void isRefused(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Aborted.class);
        assertThat(((Entry.Aborted) entry).reason()).isEqualTo(AbortReason.SHUTDOWN);
    }

    /** A stream that ends as soon as it is aborted. */
    private static OpenStream obedient(World.Pod where, String chatId) {
        OpenStream stream = where.open(chatId);
        stream.whenAborted(reason -> stream.depart());
        return stream;
    }

    @Test
    void whatIsOpenIsAbortedAndReleasedInOneTripEndedOrNot() {
        List<OpenStream> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(obedient(pod, "obedient " + i));
            streams.add(pod.open("deaf " + i));
        }
        pod.guard.shutdown();
        assertThat(streams)
                .allSatisfy(stream -> assertThat(stream.abortReason()).contains(AbortReason.SHUTDOWN))
                .allSatisfy(stream -> assertThat(stream.holdsLock()).isFalse())
                .allSatisfy(
                        stream -> assertThat(world.server.lock(stream.chatId())).isEmpty());
        assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(1);
    }

    @Test
    void itIsOneTripForEachLane() {
        World.Pod lanes = world.podWithLanes(3);
        for (int i = 0; i < 30; i++) {
            obedient(lanes, "chat " + i);
        }
        lanes.guard.shutdown();
        assertThat(lanes.store.count(Operation.RELEASE)).isEqualTo(3);
        for (int i = 0; i < 30; i++) {
            assertThat(world.server.lock("chat " + i)).isEmpty();
        }
    }

    @Test
    void aReleaseThatIsStillToBeRepeatedGoesWithThem() {
        OpenStream ended = pod.open("ended");
        pod.store.faults(sent -> sent.operation() == Operation.RELEASE ? Fate.ARRIVE_LATE : Fate.APPLY);
        ended.depart();
        obedient(pod, "open");
        pod.store.faults(null);
        pod.guard.shutdown();
        assertThat(world.server.lock("ended")).isEmpty();
        assertThat(world.server.lock("open")).isEmpty();
        assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(2);
    }

    @Test
    void callbacksRunUnderTheLockBeforeItIsGivenBack() {
        OpenStream stream = pod.open("c");
        CompletableFuture<Boolean> heldLock = new CompletableFuture<>();
        stream.onAbort(reason -> {
            heldLock.complete(stream.holdsLock() && world.server.lock("c").isPresent());
            stream.depart();
        });
        pod.guard.shutdown();
        assertThat(Actor.await(heldLock)).isTrue();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void theThreadOfAMethodIsInterruptedAndItsReturnFindsTheLockReleased() {
        try (Actor actor = Actor.onVirtualThread()) {
            Entry.Entered method = actor.get(() -> Methods.enter(pod.guard, "c"));
            CompletableFuture<Boolean> woken = actor.begin(() -> {
                try {
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                } catch (InterruptedException interrupt) {
                    method.leave();
                    return world.server.lock("c").isEmpty();
                }
            });
            actor.awaitBlocked();
            pod.guard.shutdown();
            assertThat(Actor.await(woken)).isTrue();
            assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(1);
        }
    }

    @Test
    void callsThatWaitHereOrForAnotherPodAreRefused() {
        World.Pod other = world.pod();
        OpenStream elsewhere = other.open("there");
        OpenStream here = pod.open("here");
        World.Attempt queued = pod.call("here");
        World.Attempt looking = pod.call("there");
        try (Actor actor = Actor.onVirtualThread()) {
            CompletableFuture<Entry> blocked = actor.begin(() -> pod.guard.enter(Methods.call("here")));
            actor.awaitBlocked();
            pod.guard.shutdown();
            isRefused(queued.refusal());
            isRefused(looking.refusal());
            isRefused(Actor.await(blocked));
        }
        assertThat(here.abortReason()).contains(AbortReason.SHUTDOWN);
        assertThat(elsewhere.holdsLock()).as("another pod's").isTrue();
    }

    @Test
    void aCallWhoseAcquireIsUnderWayIsRefusedAndWhatItMayStillTakeIsGivenBack() {
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD_ANSWER : Fate.APPLY);
        World.Attempt asking = pod.call("c");
        assertThat(world.server.lock("c")).isPresent();
        pod.guard.shutdown();
        isRefused(asking.refusal());
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aCallFromInsideIsRefusedAsWell() {
        Entry.Entered method = Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        pod.guard.shutdown();
        isRefused(pod.guard.enter(Methods.call("c")));
        isRefused(pod.guard.enter(Methods.call("d")));
        method.leave();
        assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(1);
    }

    @Test
    void streamsWithoutChatOrStoreAreAbortedToo() {
        World.Pod alone = world.podAlone();
        OpenStream stream = obedient(alone, "c");
        Entry.Entered withoutChat = Methods.enter(alone.guard, Methods.call(Methods.UNINTERRUPTIBLE, null));
        alone.guard.shutdown();
        assertThat(stream.abortReason()).contains(AbortReason.SHUTDOWN);
        assertThat(withoutChat.stream().abortReason()).contains(AbortReason.SHUTDOWN);
        withoutChat.leave();
        isRefused(alone.guard.enter(Methods.call("c")));
    }

    @Test
    void aStoreThatNeverAnswersDoesNotHoldItUp() {
        pod.open("deaf");
        obedient(pod, "obedient");
        pod.store.faults(sent -> Fate.HOLD);
        org.junit.jupiter.api.Assertions.assertTimeout(java.time.Duration.ofSeconds(2), pod.guard::shutdown);
        assertThat(pod.store.held())
                .singleElement()
                .satisfies(held -> assertThat(held.sent().operation()).isEqualTo(Operation.RELEASE));
    }

    @Test
    void anInterruptHurriesItAndIsKept() {
        pod.open("c");
        Thread.currentThread().interrupt();
        pod.guard.shutdown();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void itSaysHowManyWereOpenAndWaited() {
        pod.open("a");
        pod.open("b");
        pod.call("a");
        pod.guard.shutdown();
        assertThat(pod.journal.ofKind("shutdown"))
                .extracting(RecordingJournal.Line::message)
                .containsExactly("the JVM ends: 2 open streams aborted and released, 1 waiting refused");
    }
}
