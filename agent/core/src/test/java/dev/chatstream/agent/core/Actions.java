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
    private final List<String> chats;
    private int plainIds;

    /** @param begin makes one more pod */
    Actions(SplittableRandom chance, List<SimulatedPod> pods, PlainPod plain, WatchedServer server, Runnable begin) {
        this.chance = chance;
        this.pods = pods;
        this.plain = plain;
        this.server = server;
        this.begin = begin;
        this.chats = CHATS.subList(0, 1 + chance.nextInt(2));
    }

    String act() {
        List<SimulatedPod> up = pods.stream().filter(SimulatedPod::isUp).toList();
        List<SimulatedPod> still =
                pods.stream().filter(pod -> !pod.dead && !pod.isUp()).toList();
        if (up.isEmpty() || (!still.isEmpty() && chance.nextInt(8) == 0)) {
            return wake(still.get(chance.nextInt(still.size())));
        }
        return act(up.get(chance.nextInt(up.size())), chats.get(chance.nextInt(chats.size())));
    }

    private String act(SimulatedPod pod, String chatId) {
        int what = chance.nextInt(100);
        if (what < 32) {
            return call(pod, chatId);
        } else if (what < 52) {
            return depart(pod);
        } else if (what < 62) {
            return stop(pod, chatId);
        } else if (what < 78) {
            return weather(pod);
        } else if (what < 84) {
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
        int how = chance.nextInt(3);
        if (how == 0) {
            var unused = pod.pod.guard.abortChat(chatId);
            return "pod " + pod.number + " stops the stream in " + chatId;
        } else if (how == 1 && !pod.attempts.isEmpty()) {
            var unused = pod.pod.guard.abort(
                    pod.attempts.getFirst().admission().stream().streamId());
            return "pod " + pod.number + " stops the call that waits for longest";
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
