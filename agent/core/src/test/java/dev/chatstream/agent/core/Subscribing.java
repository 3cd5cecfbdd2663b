package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.Subscriptions.Seat;
import dev.chatstream.agent.core.Subscriptions.Turn;
import dev.chatstream.agent.core.World.Pod;
import org.jspecify.annotations.Nullable;

/** Methods that return what is subscribed to, and their subscriptions. */
abstract class Subscribing {

    static final Call.Rule PUBLISHER = rule(null);

    final World world = new World();
    final Pod pod = world.pod();

    static Call.Rule rule(@Nullable OnBusy onBusy) {
        return new Call.Rule("Chat#stream", onBusy, null, null, true, true);
    }

    static Call call(Call.Rule rule) {
        return new Call(rule, "c", null, null);
    }

    /** A method that returns a publisher has been called, and has left. */
    static Subscriptions returned(Pod pod, Call.Rule rule) {
        Entry.Entered method = Methods.in(pod.guard.enter(call(rule)));
        Subscriptions subscriptions = subscriptions(method);
        method.leave();
        return subscriptions;
    }

    static Subscriptions subscriptions(Entry.Entered method) {
        Entry.Member value = method.member();
        Subscriptions subscriptions = value.subscriptions();
        value.close();
        return subscriptions;
    }

    Subscriptions returned() {
        return returned(pod, PUBLISHER);
    }

    Subscriptions returnedOnAnEventLoop() {
        pod.onEventLoop = true;
        return returned();
    }

    static Entry.Member taken(Turn turn) {
        assertThat(turn.seat()).as("the seat is known").isDone();
        assertThat(turn.seat().join()).isInstanceOf(Seat.Taken.class);
        return ((Seat.Taken) turn.seat().join()).member();
    }

    static Entry.Refusal refused(Turn turn) {
        assertThat(turn.seat()).as("the seat is known").isDone();
        assertThat(turn.seat().join()).isInstanceOf(Seat.Refused.class);
        return ((Seat.Refused) turn.seat().join()).refusal();
    }

    boolean isLocked() {
        return world.server.lock("c").isPresent();
    }
}
