package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.SimulatedPod.Weather;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One random story of some Java pods and a plain one on one server: calls under all policies, ends, Stops, pauses, deaths,
 * commands that are late, lost or out of order, outages, and operators who delete keys. The seed decides everything. The
 * {@link Promises} are looked at after everything that happens; at the end every chat must be free.
 */
final class Simulation {

    static final Duration TTL = Duration.ofSeconds(6);
    static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

    private static final int LINES_TOLD = 60;

    private final long seed;
    private final SplittableRandom chance;
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final World world;
    private final WatchedServer server;
    private final PlainPod plain;
    private final Promises promises;
    private final Actions actions;
    private final Deque<String> story = new ArrayDeque<>();
    private final boolean ordered;
    private int step;

    Simulation(long seed) {
        this.seed = seed;
        this.chance = new SplittableRandom(seed);
        this.world = new World(clock -> new WatchedServer(clock, this::broken));
        this.server = (WatchedServer) world.server;
        this.plain = new PlainPod(world, server, TTL);
        this.promises = new Promises(world, server, pods, plain, TTL);
        this.ordered = chance.nextInt(4) > 0;
        this.actions = new Actions(chance, pods, plain, server, this::begin);
        world.afterEach = this::look;
        for (int i = 2 + chance.nextInt(2); i > 0; i--) {
            begin();
        }
    }

    private void broken(String promise, String how) {
        promises.broken(promise, how);
    }

    private void begin() {
        World.Pod pod = world.pod(Tuned.with(s -> {
            s.lockTtl = TTL;
            s.heartbeat = Duration.ofSeconds(2);
            s.abortPoll = Duration.ofMillis(500);
            s.commandTimeout = COMMAND_TIMEOUT;
            s.acquireTimeout = Duration.ofSeconds(3);
            s.maxWaiters = 3;
            s.abortGrace = Duration.ofSeconds(2);
            s.maxHold = Duration.ofMinutes(2);
            s.onLost = chance.nextBoolean() ? OnLost.ABORT : OnLost.CONTINUE;
            s.onRedisDown = chance.nextInt(3) > 0 ? OnRedisDown.DEGRADE : OnRedisDown.REJECT;
            s.mode = chance.nextInt(12) > 0 ? Mode.ENFORCE : Mode.OBSERVE;
        }));
        pod.network.ordered(ordered);
        pods.add(new SimulatedPod(pods.size(), pod, world, seed));
    }

    /** @return the last lines of the story; a broken promise is an {@link AssertionError} that tells them */
    List<String> play(int steps) {
        for (step = 1; step <= steps; step++) {
            tell(actions.act());
            promises.checkFaults();
            look();
            world.advance(pause());
        }
        tell("the end");
        end();
        return List.copyOf(story);
    }

    private Duration pause() {
        return switch (chance.nextInt(12)) {
            case 0, 1, 2 -> Duration.ofMillis(1);
            case 3, 4, 5 -> Duration.ofMillis(1 + chance.nextInt(300));
            case 6, 7, 8, 9 -> Duration.ofMillis(200 + chance.nextInt(2000));
            case 10 -> Duration.ofMillis(2000 + chance.nextInt(5000));
            default -> Duration.ofMillis(5000 + chance.nextInt(15_000));
        };
    }

    private void look() {
        for (SimulatedPod pod : pods) {
            if (!pod.dead) {
                promises.refused(pod, pod.settle());
            }
        }
        promises.check();
        if (promises.firstBroken() != null) {
            fail(promises.firstBroken());
        }
    }

    /** Everybody gets well and ends; then every chat is free on every pod, and nothing is left to do. */
    private void end() {
        for (SimulatedPod pod : pods) {
            if (!pod.dead) {
                pod.pause(false);
                pod.link(true);
                pod.weather(Weather.CLEAR);
            }
        }
        Actions.CHATS.forEach(plain::end);
        List<SimulatedPod> living = pods.stream().filter(pod -> !pod.dead).toList();
        endAll(living);
        // A pod that heard nothing when it asked last learns by the next call that Redis is back.
        living.forEach(pod -> Actions.CHATS.forEach(chatId -> pod.call(chatId, null, OnBusy.REJECT)));
        endAll(living);
        living.forEach(this::isFree);
    }

    private void endAll(List<SimulatedPod> living) {
        for (int round = 0; round < 30; round++) {
            world.advance(Duration.ofSeconds(1));
            living.forEach(pod -> List.copyOf(pod.open).forEach(OpenStream::depart));
        }
    }

    private void isFree(SimulatedPod pod) {
        for (String chatId : Actions.CHATS) {
            World.Attempt attempt = pod.call(chatId, null, OnBusy.REJECT);
            look();
            if (attempt.isWaiting()
                    || pod.open.isEmpty()
                    || !pod.open.getFirst().holdsLock()) {
                fail("pod " + pod.number + " cannot enter " + chatId + " though nobody is in it: "
                        + attempt.admission().decision().outcome().getNow(null) + ", the lock is that of "
                        + server.possession(chatId) + ", open are " + pod.open);
            }
            pod.open.getFirst().depart();
            pod.settle();
        }
        world.advance(Duration.ofSeconds(70));
        if (pod.pod.guard.engine().pacemaker().untilDue() != Beat.NEVER) {
            fail("pod " + pod.number + " has something to do though nothing is open");
        }
    }

    private void tell(String line) {
        story.add(step + "  " + Duration.ofNanos(server.time()) + "  " + line);
        if (story.size() > LINES_TOLD) {
            story.removeFirst();
        }
    }

    private void fail(String what) {
        throw new AssertionError("seed " + seed + ", step " + step + ": " + what + "\n" + String.join("\n", story));
    }
}
