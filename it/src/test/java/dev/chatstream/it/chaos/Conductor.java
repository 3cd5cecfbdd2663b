package dev.chatstream.it.chaos;

import dev.chatstream.it.chaos.Fault.Kind;
import dev.chatstream.it.harness.EmbeddedRedis;
import io.lettuce.core.KillArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Plays the faults, one or a pair at a time, from a deck that is shuffled again when it is through: the seed decides. */
final class Conductor {

    private final SplittableRandom chance;
    private final List<Seat> seats;
    private final EmbeddedRedis redis;
    private final long ttl;
    private final Clock clock;
    private final List<Fault> faults = new ArrayList<>();

    private interface Act {
        void play() throws InterruptedException;
    }

    Conductor(SplittableRandom chance, List<Seat> seats, EmbeddedRedis redis, Duration ttl, Clock clock) {
        this.chance = chance;
        this.seats = seats;
        this.redis = redis;
        this.ttl = ttl.toMillis();
        this.clock = clock;
    }

    List<Fault> faults() {
        return faults;
    }

    void play(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        List<Act> deck = List.of();
        while (System.nanoTime() - end < 0) {
            if (deck.isEmpty()) {
                deck = deck();
            }
            clock.compare();
            deck.removeFirst().play();
            Thread.sleep(between(200, 1_500));
        }
        clock.compare();
    }

    private List<Act> deck() {
        List<Act> deck = new ArrayList<>(List.of(
                () -> kill(seat(), between(0, 2 * ttl)),
                () -> kill(seat(), between(0, ttl / 4)),
                () -> terminate(seat()),
                () -> freeze(seat(), between(ttl / 4, ttl)),
                () -> freeze(seat(), between(ttl + ttl / 4, 2 * ttl)),
                () -> freezeWithCommandsUnderWay(seat()),
                () -> stopRedis(between(100, ttl / 2)),
                () -> stopRedis(between(ttl + ttl / 4, 2 * ttl)),
                () -> pauseClients(between(ttl / 4, ttl / 2)),
                () -> pauseClients(between(ttl + ttl / 4, 2 * ttl)),
                this::cutConnections,
                () -> stopRedisAndKill(seat()),
                () -> stopRedisAndFreeze(seat()),
                this::rest));
        Collections.shuffle(deck, new Random(chance.nextLong()));
        return deck;
    }

    private Seat seat() {
        return seats.get(chance.nextInt(seats.size()));
    }

    private long between(long least, long most) {
        return chance.nextLong(least, most + 1);
    }

    private void kill(Seat seat, long awayMillis) throws InterruptedException {
        String name = seat.name();
        long from = System.nanoTime();
        seat.kill();
        Thread.sleep(awayMillis);
        seat.start();
        note(Kind.POD_KILLED, name, from);
    }

    /** While all is well, since then it is to leave nothing behind. */
    private void terminate(Seat seat) throws InterruptedException {
        redis.client().ping();
        Thread.sleep(ttl);
        String name = seat.name();
        long from = System.nanoTime();
        seat.terminate();
        seat.start();
        note(Kind.POD_TERMINATED, name, from);
    }

    private void freeze(Seat seat, long millis) throws InterruptedException {
        long from = System.nanoTime();
        seat.signal("STOP");
        Thread.sleep(millis);
        seat.signal("CONT");
        note(Kind.POD_FROZEN, seat.name(), from);
    }

    /** Its commands reach Redis, and it hears the answers when they are old. */
    private void freezeWithCommandsUnderWay(Seat seat) throws InterruptedException {
        redis.client().ping();
        long from = System.nanoTime();
        redis.client().clientPause(ttl / 3);
        faults.add(new Fault(
                Kind.CLIENTS_PAUSED,
                "all",
                from,
                from + Duration.ofMillis(ttl / 3 + 20).toNanos()));
        Thread.sleep(ttl / 4);
        freeze(seat, between(ttl / 2, 2 * ttl));
    }

    private void stopRedis(long millis) throws InterruptedException {
        long from = System.nanoTime();
        redis.kill();
        Thread.sleep(millis);
        redis.restart();
        note(Kind.REDIS_KILLED, "redis", from);
    }

    private void stopRedisAndKill(Seat seat) throws InterruptedException {
        long from = System.nanoTime();
        redis.kill();
        Thread.sleep(between(0, ttl / 2));
        kill(seat, between(0, ttl / 2));
        redis.restart();
        note(Kind.REDIS_KILLED, "redis", from);
    }

    private void stopRedisAndFreeze(Seat seat) throws InterruptedException {
        long from = System.nanoTime();
        redis.kill();
        seat.signal("STOP");
        Thread.sleep(between(ttl / 4, 2 * ttl));
        boolean redisFirst = chance.nextBoolean();
        if (redisFirst) {
            redis.restart();
            note(Kind.REDIS_KILLED, "redis", from);
        }
        Thread.sleep(between(0, ttl / 2));
        seat.signal("CONT");
        note(Kind.POD_FROZEN, seat.name(), from);
        if (!redisFirst) {
            Thread.sleep(between(0, ttl / 2));
            redis.restart();
            note(Kind.REDIS_KILLED, "redis", from);
        }
    }

    private void pauseClients(long millis) throws InterruptedException {
        redis.client().ping();
        long from = System.nanoTime();
        redis.client().clientPause(millis);
        Thread.sleep(millis + 20);
        note(Kind.CLIENTS_PAUSED, "all", from);
    }

    private void cutConnections() {
        long from = System.nanoTime();
        redis.client().clientKill(KillArgs.Builder.typeNormal().skipme());
        note(Kind.CLIENTS_KILLED, "all", from);
    }

    private void rest() throws InterruptedException {
        long from = System.nanoTime();
        Thread.sleep(3 * ttl);
        note(Kind.QUIET, "-", from);
    }

    private void note(Kind kind, String target, long from) {
        faults.add(new Fault(kind, target, from, System.nanoTime()));
    }
}
