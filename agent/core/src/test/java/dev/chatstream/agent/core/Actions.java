package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.SimulatedPod.Weather;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What may happen in a simulation; each is told in a line. */
final class Actions {

    static final List<String> CHATS = List.of("a", "b");
    private static final List<String> IDS = List.of("s", "t");
    private static final int MOST_PODS = 6;

    private final SplittableRandom chance;
    private final List<SimulatedPod> pods;
    private final PlainPod plain;
    private final WatchedServer server;
    private final Runnable begin;
    private int plainIds;

    /** @param begin makes one more pod */
    Actions(SplittableRandom chance, List<SimulatedPod> pods, PlainPod plain, WatchedServer server, Runnable begin) {
        this.chance = chance;
        this.pods = pods;
        this.plain = plain;
        this.server = server;
        this.begin = begin;
    }

    String act() {
        List<SimulatedPod> living = pods.stream().filter(each -> !each.dead).toList();
        SimulatedPod pod = living.get(chance.nextInt(living.size()));
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
            begin.run();
            return "pod " + pod.number + " dies, pod " + (pods.size() - 1) + " begins";
        } else if (what < 94) {
            Weather weather = chance.nextBoolean() ? Weather.SILENT : Weather.CLEAR;
            pods.forEach(each -> each.weather(weather));
            return "everywhere " + weather;
        }
        return meddle(chatId);
    }

    private String wake(SimulatedPod pod) {
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
                String id = chance.nextInt(3) == 0 ? IDS.get(chance.nextInt(IDS.size())) : "plain" + ++plainIds;
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
}
