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
import org.jspecify.annotations.Nullable;

/**
 * One random story of some Java pods and a plain one on one server: calls under all policies, ends, Stops, pauses, deaths,
 * commands that are late, lost or out of order, outages, and operators who delete keys. The seed decides everything. The
 * {@link Promises} are looked at after everything that happens; at the end every chat must be free.
 */
final class Simulation {

    static final Duration TTL = Duration.ofSeconds(6);
    static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

    private static final List<String> CHATS = List.of("a", "b");
    private static final List<String> IDS = List.of("s", "t");
    private static final int MOST_PODS = 6;
    private static final int LINES_TOLD = 60;

    private final long seed;
    private final SplittableRandom chance;
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final World world;
    private final WatchedServer server;
    private final PlainPod plain;
    private final Promises promises;
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

    /** @return how many lines of story there were; a broken promise is an {@link AssertionError} that tells them */
    int play(int steps) {
        for (step = 1; step <= steps; step++) {
            tell(act());
            look();
            world.advance(pause());
        }
        tell("the end");
        end();
        return step;
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

    private String act() {
        SimulatedPod pod = pods.get(chance.nextInt(pods.size()));
        String chatId = CHATS.get(chance.nextInt(CHATS.size()));
        int what = chance.nextInt(100);
        if (!pod.isUp() && what < 70) {
            return wake(pod);
        }
        if (what < 34) {
            return call(pod, chatId);
        } else if (what < 54) {
            return depart(pod);
        } else if (what < 62) {
            return stop(pod, chatId);
        } else if (what < 78) {
            return weather(pod);
        } else if (what < 86) {
            return plain(chatId);
        } else if (what < 90) {
            pod.pause(true);
            return "pod " + pod.number + " stands still";
        } else if (what < 92 && pods.size() < MOST_PODS) {
            pod.die();
            begin();
            return "pod " + pod.number + " dies, pod " + (pods.size() - 1) + " begins";
        } else if (what < 94) {
            Weather weather = chance.nextBoolean() ? Weather.SILENT : Weather.CLEAR;
            pods.forEach(each -> each.weather(weather));
            return "everywhere " + weather;
        }
        return meddle(chatId);
    }

    private String wake(SimulatedPod pod) {
        if (pod.dead) {
            return "pod " + pod.number + " is dead";
        }
        pod.pause(false);
        return "pod " + pod.number + " goes on";
    }

    private String call(SimulatedPod pod, String chatId) {
        @Nullable String id = chance.nextInt(4) == 0 ? IDS.get(chance.nextInt(IDS.size())) : null;
        OnBusy onBusy = OnBusy.values()[chance.nextInt(3)];
        World.Attempt attempt = pod.call(chatId, id, onBusy);
        return "pod " + pod.number + " calls " + chatId + " with " + (id == null ? "an own id" : id) + ", " + onBusy
                + (attempt.isWaiting() ? ", waits" : ", decided");
    }

    private String depart(SimulatedPod pod) {
        if (pod.open.isEmpty()) {
            return "pod " + pod.number + " has nothing to end";
        }
        OpenStream stream = pod.open.get(chance.nextInt(pod.open.size()));
        var unused = stream.depart();
        return "pod " + pod.number + " ends its stream in " + stream.chatId();
    }

    private String stop(SimulatedPod pod, String chatId) {
        if (chance.nextBoolean()) {
            var unused = pod.pod.guard.abortChat(chatId);
            return "pod " + pod.number + " stops the stream in " + chatId;
        }
        String id = IDS.get(chance.nextInt(IDS.size()));
        var unused = pod.pod.guard.abort(id);
        return "pod " + pod.number + " stops " + id;
    }

    private String weather(SimulatedPod pod) {
        if (chance.nextInt(3) == 0) {
            pod.link(!pod.linked);
            return "pod " + pod.number + (pod.linked ? " is connected" : " is cut off");
        }
        Weather next = chance.nextBoolean() ? Weather.CLEAR : Weather.values()[chance.nextInt(Weather.values().length)];
        pod.weather(next);
        return "pod " + pod.number + ": " + next;
    }

    private String plain(String chatId) {
        switch (chance.nextInt(3)) {
            case 0 -> {
                String id = chance.nextInt(3) == 0 ? IDS.get(chance.nextInt(IDS.size())) : "plain" + step;
                return "the plain pod takes " + chatId + " as " + id + ": " + plain.take(chatId, id);
            }
            case 1 -> {
                plain.extend(chatId);
                return "the plain pod keeps " + chatId;
            }
            default -> {
                plain.end(chatId);
                return "the plain pod ends in " + chatId;
            }
        }
    }

    private String meddle(String chatId) {
        switch (chance.nextInt(4)) {
            case 0 -> server.deleteRecord(chatId);
            case 1, 2 -> server.deleteLock(chatId);
            default -> server.mark(server.lock(chatId).orElse("nobody"));
        }
        return "an operator deletes, or marks, in " + chatId;
    }

    private void look() {
        for (SimulatedPod pod : pods) {
            if (!pod.dead) {
                pod.settle().forEach(refused -> promises.refused(pod, refused));
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
        CHATS.forEach(plain::end);
        List<SimulatedPod> living = pods.stream().filter(pod -> !pod.dead).toList();
        endAll(living);
        // A pod that heard nothing when it asked last learns by the next call that Redis is back.
        living.forEach(pod -> CHATS.forEach(chatId -> pod.call(chatId, null, OnBusy.REJECT)));
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
        for (String chatId : CHATS) {
            World.Attempt attempt = pod.call(chatId, null, OnBusy.REJECT);
            look();
            if (attempt.isWaiting()
                    || pod.open.isEmpty()
                    || !pod.open.getFirst().holdsLock()) {
                fail("pod " + pod.number + " cannot enter " + chatId + " though nobody is in it: "
                        + attempt.admission().decision().outcome() + ", the lock is that of "
                        + server.possession(chatId) + ", open are " + pod.open);
            }
            pod.open.getFirst().depart();
            pod.settle();
        }
        world.advance(Duration.ofSeconds(20));
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
