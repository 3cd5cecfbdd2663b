package dev.chatstream.it.chaos;

import dev.chatstream.it.harness.EmbeddedRedis;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.RedisUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run: two pods, a plain client, a Redis that loses nothing when it is killed; always the embedded one, whose append-only
 * file is at hand. Then all rest, every chat must be free, and every pod must get it; then all end.
 */
final class ChaosRun {

    static final Duration TTL = Duration.ofSeconds(2);
    static final Duration KEEP = Duration.ofHours(1);

    private static final List<String> KEEPS_ALL =
            List.of("--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0");
    private static final int PLAIN_WORKERS = 3;

    private final long seed;
    private final Path folder;
    private final Clock clock = new Clock();

    ChaosRun(long seed, Path folder) {
        this.seed = seed;
        this.folder = folder;
    }

    Checker play(Duration length) throws InterruptedException {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Seat> seats = new ArrayList<>();
        try (EmbeddedRedis redis = new EmbeddedRedis(KEEPS_ALL)) {
            Path notes = folder.resolve("plain.txt");
            for (String name : List.of("A", "B")) {
                seats.add(new Seat(name, redis.uri(), TTL, folder, seeds.split()));
            }
            Conductor conductor = new Conductor(seeds.split(), seats, redis, TTL, clock);
            try (PlainClient plain = new PlainClient(redis.port(), notes, TTL, seeds.split(), PLAIN_WORKERS)) {
                conductor.play(length);
                seats.forEach(Seat::rest);
                plain.rest();
            }
            end(seats, redis);
            return check(seats, Story.read("plain", notes), redis, conductor.faults());
        } finally {
            seats.forEach(Seat::close);
        }
    }

    private static void end(List<Seat> seats, EmbeddedRedis redis) {
        String[] locks = ChaosApp.CHATS.stream().map(RedisUnderTest::lockOf).toArray(String[]::new);
        Eventually.until("every chat is free", () -> redis.client().exists(locks) == 0);
        for (Seat seat : seats) {
            seat.round();
            seat.finish();
        }
    }

    private Checker check(List<Seat> seats, List<Story> plain, EmbeddedRedis redis, List<Fault> faults) {
        clock.compare();
        List<Life> lives = new ArrayList<>();
        lives.add(new Life("plain", plain, System.nanoTime(), false));
        seats.forEach(seat -> lives.addAll(seat.lives()));
        Ledger ledger = Ledger.read(AppendOnlyFile.read(redis.appendOnlyFile()), TTL, KEEP);
        Checker checker = new Checker(new Evidence(TTL, lives, ledger, clock, faults));
        seats.forEach(seat -> checker.violations().addAll(seat.violations()));
        return checker;
    }
}
