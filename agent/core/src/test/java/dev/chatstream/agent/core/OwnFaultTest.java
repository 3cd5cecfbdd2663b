package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Errors of the agent's own: told once, and they end nothing but themselves. */
class OwnFaultTest {

    /** What goes wrong, and how. */
    private enum Fault {
        NONE,
        THROWS,
        FAILS,
        TOO_SHORT
    }

    private final class FaultyStore extends WinningStore {
        private final AtomicInteger renewals = new AtomicInteger();
        private Fault acquire = Fault.NONE;
        private Fault renew = Fault.NONE;
        private Fault release = Fault.NONE;
        private Fault marked = Fault.NONE;

        private <T> CompletableFuture<T> meet(Fault fault, Supplier<CompletableFuture<T>> right, @Nullable T tooShort) {
            return switch (fault) {
                case NONE -> right.get();
                case THROWS -> throw new IllegalStateException("thrown by the store");
                case FAILS -> CompletableFuture.failedFuture(new IllegalArgumentException("in the store's future"));
                case TOO_SHORT -> CompletableFuture.completedFuture(tooShort);
            };
        }

        @Override
        public CompletableFuture<Acquisition> acquire(Claim claim, @Nullable Holder overrule, boolean look) {
            return meet(acquire, () -> super.acquire(claim, overrule, look), null);
        }

        @Override
        public CompletableFuture<List<Renewal>> renew(List<Renewing> leases) {
            renewals.addAndGet(leases.size());
            return meet(renew, () -> super.renew(leases), List.of());
        }

        @Override
        public CompletableFuture<List<Released>> release(List<Releasing> claims) {
            return meet(release, () -> super.release(claims), List.of());
        }

        @Override
        public CompletableFuture<Marks> marked(Collection<String> streamIds) {
            return meet(marked, () -> super.marked(streamIds), null);
        }
    }

    private final World world = new World();
    private final FaultyStore store = new FaultyStore();
    private final RecordingJournal journal = new RecordingJournal();
    private final StreamGuard guard = new StreamGuard(World.DEFAULTS, store, journal, world::now);
    private final Pacemaker pacemaker = guard.engine().pacemaker();

    private void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pacemaker.untilDue();
            world.advanceSeconds(1);
            pacemaker.runDue();
        }
    }

    private List<RecordingJournal.Line> faults() {
        return journal.ofKind("own-fault");
    }

    @Test
    void aBeatThatFailsIsNotTheLastOne() {
        AtomicInteger beats = new AtomicInteger();
        Entry.Entered method = Methods.enter(guard, "c");
        Beat beat = new Beat(guard.engine(), "test", false, () -> {
            throw new IllegalStateException("beat " + beats.incrementAndGet());
        });
        beat.untilDue();
        for (int i = 0; i < 10; i++) {
            world.advance(World.TICK);
            assertThat(beat.run(Beat.NEVER)).isTrue();
        }
        assertThat(beats).hasValue(10);
        assertThat(faults()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Journal.Level.ERROR);
            assertThat(line.message()).isEqualTo("an error of the agent's own in the test (said once)");
            assertThat(line.cause()).hasMessage("beat 1");
        });
        method.leave();
    }

    @Test
    void anErrorOfAnotherKindIsSaidToo() {
        Narrator narrator = guard.engine().narrator();
        narrator.ownFault("here", new IllegalStateException());
        narrator.ownFault("here", new IllegalStateException());
        narrator.ownFault("here", new IllegalArgumentException());
        narrator.ownFault("there", new IllegalStateException());
        assertThat(faults()).hasSize(3);
    }

    @Test
    void aRenewalThatGoesWrongIsTriedAgainAtTheNextTick() {
        for (Fault fault : List.of(Fault.THROWS, Fault.FAILS, Fault.TOO_SHORT)) {
            Entry.Entered method = Methods.enter(guard, "c " + fault);
            store.renew = fault;
            seconds(30);
            assertThat(method.stream().leaseRemaining()).isLessThan(World.TTL.minusSeconds(29));
            store.renew = Fault.NONE;
            seconds(1);
            assertThat(method.stream().leaseRemaining()).isGreaterThan(World.TTL.minusSeconds(21));
            method.leave();
        }
        assertThat(faults()).hasSize(2);
    }

    @Test
    void aPollThatGoesWrongIsFollowedByTheNext() {
        Entry.Entered method = Methods.enter(guard, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        for (Fault fault : List.of(Fault.THROWS, Fault.FAILS, Fault.TOO_SHORT)) {
            store.marked = fault;
            seconds(5);
        }
        store.marked = Fault.NONE;
        AtomicInteger polls = new AtomicInteger();
        StreamGuard counting = new StreamGuard(
                World.DEFAULTS,
                new WinningStore() {
                    @Override
                    public CompletableFuture<Marks> marked(Collection<String> streamIds) {
                        return polls.incrementAndGet() <= 3
                                ? CompletableFuture.failedFuture(new IllegalStateException())
                                : super.marked(streamIds);
                    }
                },
                journal,
                world::now);
        Entry.Entered other = Methods.enter(counting, "d");
        for (int i = 0; i < 10; i++) {
            counting.engine().pacemaker().untilDue();
            world.advance(World.TICK);
            counting.engine().pacemaker().runDue();
        }
        assertThat(polls).hasValue(10);
        other.leave();
        method.leave();
    }

    @Test
    void anAcquireThatGoesWrongThrowsAndLeavesNothingSoThatTheCallRunsUnguarded() {
        for (Fault fault : List.of(Fault.THROWS, Fault.FAILS)) {
            store.acquire = fault;
            assertThatThrownBy(() -> guard.enter(Methods.call("c"))).isInstanceOf(IllegalStateException.class);
            assertThat(guard.engine().registry().isEmpty()).isTrue();
            assertThat(guard.engine().places().holderOf("c")).isNull();
            assertThat(Scope.here()).isNull();
        }
        store.acquire = Fault.NONE;
        Methods.enter(guard, "c").leave();
        assertThat(faults()).hasSize(2);
    }

    @Test
    void aCallThatGoesWrongWhileItQueuesLeavesNobodyInTheQueue() {
        Entry.Entered first = Methods.enter(guard, "c");
        store.marked = Fault.THROWS;
        assertThatThrownBy(() -> Methods.admit(guard, OldMarkerTest.call("c", "m"), "c"))
                .hasMessage("thrown by the store");
        store.marked = Fault.NONE;
        first.leave();
        assertThat(guard.engine().registry().isEmpty()).isTrue();
        Methods.enter(guard, "c").leave();
    }

    @Test
    void whoeverWaitsBehindACallThatGoesWrongHasItsTurn() {
        Entry.Entered first = Methods.enter(guard, "c");
        Admission second = Methods.admit(guard, Methods.call("c"), "c");
        Admission third = Methods.admit(guard, Methods.call("c"), "c");
        store.acquire = Fault.THROWS;
        AtomicInteger failed = new AtomicInteger();
        var unused = second.decision().outcome().exceptionally(fault -> {
            store.acquire = Fault.NONE;
            failed.incrementAndGet();
            throw new IllegalStateException(fault);
        });
        first.leave();
        assertThat(second.decision().outcome()).isCompletedExceptionally();
        assertThat(third.decision().outcome()).isDone();
        assertThat(failed).hasValue(1);
    }

    @Test
    void aReleaseThatGoesWrongFreesThePlaceAndIsRepeated() {
        for (Fault fault : List.of(Fault.THROWS, Fault.FAILS)) {
            Entry.Entered method = Methods.enter(guard, "c");
            store.release = fault;
            method.leave();
            assertThat(guard.engine().registry().isEmpty()).isTrue();
            assertThat(guard.engine().places().holderOf("c")).isNull();
            assertThat(guard.engine().releases().isEmpty()).isFalse();
            store.release = Fault.NONE;
            seconds(2);
            assertThat(guard.engine().releases().isEmpty()).isTrue();
        }
    }

    @Test
    void aJournalThatThrowsCostsNothing() {
        StreamGuard mute = new StreamGuard(
                World.DEFAULTS,
                store,
                new Journal() {
                    @Override
                    public boolean tells(Level level) {
                        return true;
                    }

                    @Override
                    public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
                        throw new IllegalStateException("no place left on the device");
                    }
                },
                world::now);
        Entry.Entered method = Methods.enter(mute, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        mute.abortChat("c").join();
        method.leave();
        Methods.enter(mute, (String) null).leave();
        assertThat(mute.engine().registry().isEmpty()).isTrue();
        mute.shutdown();
    }
}
