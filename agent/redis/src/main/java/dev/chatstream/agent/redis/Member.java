package dev.chatstream.agent.redis;

import dev.chatstream.agent.redis.Keeper.Progress;
import dev.chatstream.agent.redis.Seeds.Node;
import java.time.Duration;

/** One primary of a Cluster: its lane, and what keeps that connected. */
final class Member implements Keeper.Work {

    private final Node node;
    private final Fleet fleet;
    private final Loop loop;
    private final Connector connector;
    private final Runnable look;
    private final Lane lane;
    private final Keeper keeper;

    /** @param look makes the Cluster be looked at: another node may have taken this one's place */
    Member(Node node, Fleet fleet, Loop loop, Connector connector, Runnable look) {
        this.node = node;
        this.fleet = fleet;
        this.loop = loop;
        this.connector = connector;
        this.look = look;
        this.keeper = new Keeper("connect-" + node, Duration.ZERO, this);
        this.lane = new Lane(node.toString(), fleet, this::reconnect);
        keeper.want();
    }

    Lane lane() {
        return lane;
    }

    Keeper keeper() {
        return keeper;
    }

    private void reconnect() {
        keeper.want();
        look.run();
    }

    @Override
    public Progress attempt() throws InterruptedException {
        try {
            Wire wire = connector.connect(node).wire();
            if (!loop.run(() -> lane.use(wire, "connected to Redis at " + node + fleet.ways()))) {
                wire.discard();
            }
            return Progress.DONE;
        } catch (Trouble e) {
            String reason = e.why();
            loop.run(() -> lane.missing(reason));
            look.run();
            return Progress.AGAIN;
        }
    }

    @Override
    public void failed(Throwable error) {
        fleet.failed(error);
    }
}
