package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to one node: its connection while there is one, and the reason why while there is none. Lives on the loop.
 *
 * <pre>
 *   missing ── a connection is made ──▶ up ── it ends ──▶ missing …
 *      └──────────── the node has left the Cluster ─────────▶ gone
 * </pre>
 */
final class Lane implements Wire.Owner {

    /** What a lane needs of the whole. */
    interface Home {
        Link link();

        Talk talk();

        Deadlines deadlines();

        /** An answer that says that the query was not carried out, or an error. */
        void refused(Attempt attempt, String error, Lane lane);
    }

    private final String name;
    private final Home home;
    private final Runnable reconnect;
    private volatile @Nullable Wire wire;
    private String why = "not connected yet";
    private boolean gone;

    /** @param reconnect makes a connection in the background and hands it to {@link #use} */
    Lane(String name, Home home, Runnable reconnect) {
        this.name = name;
        this.home = home;
        this.reconnect = reconnect;
    }

    String name() {
        return name;
    }

    boolean isUp() {
        return wire != null;
    }

    /** Whether a command got no answer in time, and nothing was heard since. */
    boolean isSilent() {
        Wire now = wire;
        return now != null && now.isSilent();
    }

    @Nullable
    Wire wire() {
        return wire;
    }

    /** Takes a connection into use, said with this line where the lane was not up. */
    void use(Wire connected, String line) {
        if (gone || wire != null) {
            connected.discard();
            return;
        }
        wire = connected;
        connected.serve(this);
        if (connected.isLive()) {
            home.talk().connected(name, line);
            home.link().up(name);
        }
    }

    /** Sends queries, in this order, for the first time. */
    void send(List<? extends Query> queries) {
        Wire now = wire;
        if (now == null) {
            Failure failure = notSent();
            queries.forEach(query -> query.finish(failure));
            return;
        }
        queries.forEach(home.deadlines()::add);
        now.send(queries);
    }

    Failure notSent() {
        return new Failure(Failure.Kind.NOT_SENT, "no connection to Redis: " + why);
    }

    /** A try to connect failed. */
    void missing(String reason) {
        if (!gone && wire == null && !reason.equals(why)) {
            why = reason;
            home.talk().missing(name, reason);
            home.link().down(name, reason);
        }
    }

    /** Makes the connection anew: this one is of no use. */
    void renewWire(String reason) {
        if (wire != null) {
            wire.cut(reason);
        }
    }

    @Override
    public void ended(Wire ended, String reason) {
        if (wire != ended) {
            return;
        }
        wire = null;
        if (gone) {
            return;
        }
        why = "the connection to " + ended.server() + " was lost: " + reason;
        home.talk().lost(name, ended.server(), reason);
        home.link().down(name, why);
        reconnect.run();
    }

    @Override
    public void answered(Attempt attempt) {
        String error = attempt.reply().getError();
        if (error == null) {
            attempt.query().finish(attempt.reply().value());
            home.deadlines().forgetFinished();
        } else if (!attempt.query().isFinished()) {
            home.refused(attempt, error, this);
        }
    }

    /** The node serves nobody any more. */
    void leave(String reason) {
        gone = true;
        why = reason;
        if (wire != null) {
            wire.cut(reason);
        }
    }
}
