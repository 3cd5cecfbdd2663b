package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps its locks in an {@link InMemoryServer}: by default it answers at once, on the caller's thread. Tests
 * let operations fail, arrive late, or be applied without an answer by {@link #faults}, and cut the link by
 * {@link #goDown}.
 *
 * <p>It has no timer: an operation that is {@linkplain Fate#HOLD held} is answered when the test says so.
 */
public final class InMemoryStore implements LeaseStore {

    /** The one lane, unless {@link #splitIntoLanes} made more. */
    public static final String LANE = "memory";

    /** What was asked. */
    public enum Operation {
        ACQUIRE,
        RENEW,
        RELEASE,
        ASK,
        STANDING,
        MARKED,
        MARKER_LEFT,
        MARK,
        CLEAR,
        OWNERS,
        PING
    }

    /** One operation as it is sent: its chat ids, or, for markers, its stream ids; for a ping its lane. */
    public record Sent(Operation operation, List<String> ids) {}

    private final InMemoryServer server;
    private final Duration lockTtl;
    private final AtomicLongArray counts = new AtomicLongArray(Operation.values().length);
    private final InMemoryLanes lanes = new InMemoryLanes();
    private final Queue<HeldOperation> held = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Function<Sent, Fate> faults;

    /** One pod with a server of its own. */
    public InMemoryStore(LongSupplier nanos, Duration lockTtl) {
        this(new InMemoryServer(nanos), lockTtl);
    }

    /** One of several pods on one server. */
    public InMemoryStore(InMemoryServer server, Duration lockTtl) {
        this.server = server;
        this.lockTtl = lockTtl;
    }

    public InMemoryServer server() {
        return server;
    }

    /** Decides the fate of every operation from now on; it runs on the thread that asks. Null: all apply. */
    public void faults(@Nullable Function<Sent, Fate> faults) {
        this.faults = faults;
    }

    /** Held operations, in the order in which they were called; taking one out of the queue is the test's business. */
    public Queue<HeldOperation> held() {
        return held;
    }

    /** How many operations of this kind were sent, whatever became of them; not those without a link. */
    public long count(Operation operation) {
        return counts.get(operation.ordinal());
    }

    /** How many operations were sent at all; each is one pipeline. */
    public long sends() {
        long sum = 0;
        for (Operation operation : Operation.values()) {
            sum += count(operation);
        }
        return sum;
    }

    /** Spreads ids over this many lanes, {@code memory-0} and so on, by their hash. Before {@link #open}. */
    public void splitIntoLanes(int number) {
        lanes.split(number);
    }

    /** Cuts every lane: operations are answered NOT_SENT. Before {@link #open}: it stays cut. */
    public void goDown(String why) {
        lanes.names().forEach(lane -> goDown(lane, why));
    }

    /** Cuts one lane. */
    public void goDown(String lane, String why) {
        lanes.goDown(lane, why);
    }

    /** Mends every lane. */
    public void comeUp() {
        lanes.names().forEach(this::comeUp);
    }

    /** Mends one lane. */
    public void comeUp(String lane) {
        lanes.comeUp(lane);
    }

    @Override
    public void open(Link link) {
        lanes.open(link);
    }

    @Override
    public String laneOfChat(String chatId) {
        return lanes.laneOf(chatId);
    }

    @Override
    public String laneOfStream(String streamId) {
        return lanes.laneOf(streamId);
    }

    @Override
    public CompletableFuture<Acquisition> acquire(Claim claim, @Nullable Holder overrule, boolean lookForMarker) {
        return one(Operation.ACQUIRE, claim.chatId(), () -> server.acquire(claim, overrule, lookForMarker, lockTtl));
    }

    @Override
    public CompletableFuture<List<Renewal>> renew(List<Renewing> leases) {
        return send(
                Operation.RENEW,
                () -> leases.stream().map(lease -> lease.claim().chatId()).toList(),
                leases.isEmpty() ? null : lanes.laneOf(leases.get(0).claim().chatId()),
                () -> leases.stream().map(lease -> server.renew(lease, lockTtl)).toList(),
                failure -> leases.stream().<Renewal>map(lease -> failure).toList());
    }

    @Override
    public CompletableFuture<List<Released>> release(List<Releasing> claims) {
        return send(
                Operation.RELEASE,
                () -> claims.stream().map(claim -> claim.claim().chatId()).toList(),
                claims.isEmpty() ? null : lanes.laneOf(claims.get(0).claim().chatId()),
                () -> claims.stream().map(server::release).toList(),
                failure -> claims.stream().<Released>map(claim -> failure).toList());
    }

    @Override
    public CompletableFuture<Asked> ask(String chatId, Holder holder) {
        return one(Operation.ASK, chatId, () -> server.ask(chatId, holder));
    }

    @Override
    public CompletableFuture<Standing> standing(Claim claim) {
        return one(Operation.STANDING, claim.chatId(), () -> server.standing(claim));
    }

    @Override
    public CompletableFuture<Marks> marked(Collection<String> streamIds) {
        return send(
                Operation.MARKED,
                () -> List.copyOf(streamIds),
                streamIds.isEmpty() ? null : lanes.laneOf(streamIds.iterator().next()),
                () -> new Marks.Found(
                        streamIds.stream().filter(server::marked).collect(Collectors.toUnmodifiableSet())),
                failure -> failure);
    }

    @Override
    public CompletableFuture<Remaining> markerLeft(String streamId) {
        return one(Operation.MARKER_LEFT, streamId, () -> new Remaining.Left(server.markerLeft(streamId)));
    }

    @Override
    public CompletableFuture<Written> mark(String streamId) {
        return written(Operation.MARK, streamId, () -> server.mark(streamId));
    }

    @Override
    public CompletableFuture<Written> clear(String streamId) {
        return written(Operation.CLEAR, streamId, () -> server.clear(streamId));
    }

    @Override
    public CompletableFuture<Owners> owners(Collection<String> chatIds) {
        return send(
                Operation.OWNERS,
                () -> List.copyOf(chatIds),
                chatIds.isEmpty() ? null : lanes.laneOf(chatIds.iterator().next()),
                () -> new Owners.Found(server.owners(chatIds)),
                failure -> failure);
    }

    @Override
    public CompletableFuture<Written> ping(String lane) {
        return send(Operation.PING, () -> List.of(lane), lane, Written.Done::new, failure -> failure);
    }

    @Override
    public void close() {
        lanes.close();
    }

    private CompletableFuture<Written> written(Operation operation, String id, Runnable write) {
        return one(operation, id, () -> {
            write.run();
            return new Written.Done();
        });
    }

    /** An operation on one id, whose failure is an answer of its own kind. */
    @SuppressWarnings("unchecked") // Failure implements every answer
    private <T> CompletableFuture<T> one(Operation operation, String id, Supplier<? extends T> apply) {
        return send(operation, () -> List.of(id), lanes.laneOf(id), apply, failure -> (T) failure);
    }

    /** @param lane null: there is nothing to ask */
    private <T> CompletableFuture<T> send(
            Operation operation,
            Supplier<List<String>> ids,
            @Nullable String lane,
            Supplier<? extends T> apply,
            Function<Failure, ? extends T> fail) {
        if (lane == null) {
            return CompletableFuture.completedFuture(apply.get());
        }
        String why = lanes.whyNotSent(lane);
        if (why != null) {
            return CompletableFuture.completedFuture(fail.apply(new Failure(Failure.Kind.NOT_SENT, why)));
        }
        counts.incrementAndGet(operation.ordinal());
        Function<Sent, Fate> decide = faults;
        if (decide == null) {
            return CompletableFuture.completedFuture(apply.get());
        }
        Sent sent = new Sent(operation, ids.get());
        return new HeldOperation.Of<T>(sent, apply, fail).meet(decide.apply(sent), held);
    }
}
