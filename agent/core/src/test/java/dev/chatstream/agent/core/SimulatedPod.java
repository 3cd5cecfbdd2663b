package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.InMemoryStore.Sent;
import dev.chatstream.agent.core.Network.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One Java pod of a simulation: its calls, its streams, and how well it reaches the server. */
final class SimulatedPod {

    /** What becomes of commands. */
    enum Weather {
        CLEAR,
        SLOW,
        /** Some are lost on the way there or back, some arrive much later. */
        LATE,
        /** Applied, never answered. */
        DEAF,
        SILENT,
        /** Acquires are refused by an error. */
        FULL
    }

    private static final Duration LATEST = Duration.ofSeconds(20);

    final int number;
    final World.Pod pod;
    final List<World.Attempt> attempts = new ArrayList<>();
    final List<OpenStream> open = new ArrayList<>();
    /** Every stream, open or not, as long as any command of it may still take its lock. */
    final List<OpenStream> all = new ArrayList<>();

    private final World world;
    private final long seed;
    Weather weather = Weather.CLEAR;
    boolean linked = true;
    boolean dead;

    /** Since when it runs, is linked and everything arrives within a second. */
    private long wellSince;

    private long resumedAt;

    SimulatedPod(int number, World.Pod pod, World world, long seed) {
        this.number = number;
        this.pod = pod;
        this.world = world;
        this.seed = seed;
        this.wellSince = world.now();
        this.resumedAt = world.now() - Network.NEVER.toNanos();
        pod.network.delays(this::delay);
    }

    boolean isUp() {
        return !dead && !pod.paused;
    }

    Duration wellFor() {
        return isWell() ? Duration.ofNanos(world.now() - wellSince) : Duration.ZERO;
    }

    /** Whether answers of any age may reach it now, since it stood still until just now. */
    boolean hasJustResumed() {
        return world.now() - resumedAt <= Simulation.COMMAND_TIMEOUT.toNanos();
    }

    private boolean isWell() {
        return isUp() && linked && isWell(weather);
    }

    private static boolean isWell(Weather weather) {
        return weather == Weather.CLEAR || weather == Weather.SLOW;
    }

    World.Attempt call(String chatId, @Nullable String streamId, OnBusy onBusy) {
        World.Attempt attempt = pod.call(chatId, streamId, onBusy);
        attempts.add(attempt);
        all.add(attempt.admission().stream());
        return attempt;
    }

    /** What was decided since; the refusals. */
    List<World.Attempt> settle() {
        List<World.Attempt> refused = new ArrayList<>();
        attempts.removeIf(attempt -> {
            if (attempt.isWaiting()) {
                return false;
            }
            if (attempt.admission().decision().outcome().join() instanceof Decision.Outcome.In in) {
                open.add(in.stream());
            } else {
                refused.add(attempt);
            }
            return true;
        });
        open.removeIf(stream -> !stream.isOpen());
        long past = world.now() - LATEST.toNanos();
        all.removeIf(stream -> !stream.isOpen()
                && stream.lease().isClosed()
                && stream.lease().sends().isExpired(past));
        return refused;
    }

    void weather(Weather next) {
        boolean stalled = weather == Weather.SILENT || weather == Weather.DEAF || weather == Weather.LATE;
        wellSince = isWell(weather) && isWell(next) ? wellSince : world.now();
        weather = next;
        if (stalled) { // the store gives such a connection up
            pod.network.breaks(sent -> late(sent, LATEST));
        }
    }

    void link(boolean up) {
        if (linked == up) {
            return;
        }
        linked = up;
        wellSince = world.now();
        if (up) {
            pod.store.comeUp();
        } else {
            pod.store.goDown("cut");
            pod.network.breaks(sent -> late(sent, LATEST));
        }
    }

    void pause(boolean paused) {
        resumedAt = pod.paused && !paused ? world.now() : resumedAt;
        pod.paused = paused;
        wellSince = world.now();
    }

    void die() {
        dead = true;
        pause(true);
    }

    private Delay delay(Sent sent) {
        SplittableRandom chance = chance(sent);
        return switch (weather) {
            case CLEAR -> clear(sent);
            case SLOW -> new Delay(millis(chance, 900), millis(chance, 400));
            case LATE ->
                switch (chance.nextInt(4)) {
                    case 0 -> new Delay(millis(chance, (int) LATEST.toMillis()), Network.NEVER);
                    case 1 -> Delay.SILENCE;
                    case 2 -> Delay.DEAF;
                    default -> new Delay(millis(chance, 300), millis(chance, 100));
                };
            case DEAF -> Delay.DEAF;
            case SILENT -> Delay.SILENCE;
            case FULL -> sent.operation() == Operation.ACQUIRE ? Delay.REFUSED : clear(sent);
        };
    }

    /** Whom a sweep visits before and whom after its probe is answered is not the same in each run: so all before. */
    private static Delay clear(Sent sent) {
        return sent.operation() == Operation.PING ? new Delay(Duration.ofMillis(1), Duration.ZERO) : Delay.NONE;
    }

    private Duration late(Sent sent, Duration atMost) {
        SplittableRandom chance = chance(sent);
        return chance.nextBoolean() ? Network.NEVER : millis(chance, (int) atMost.toMillis());
    }

    private static Duration millis(SplittableRandom chance, int bound) {
        return Duration.ofMillis(chance.nextInt(bound));
    }

    /** The same for all of one kind at one time: their order is not the same in each run. */
    private SplittableRandom chance(Sent sent) {
        return new SplittableRandom(seed * 31
                + number * 1_000_003L
                + world.now() * 7
                + sent.operation().ordinal());
    }
}
