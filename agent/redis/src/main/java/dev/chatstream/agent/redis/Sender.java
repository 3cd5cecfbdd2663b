package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.List;

/** Takes queries to where they belong. Each is finished exactly once, whatever happens. */
interface Sender {

    /** Sends queries, in this order for each node, in one write for each. */
    void send(List<? extends Query> queries);

    /** Sends one to this lane. */
    void sendTo(String lane, Query query);

    /** Whether keys are spread over slots, so that only keys of one slot may stand in one command. */
    boolean isCluster();

    /** The name of the lane that serves this slot now, or, where it is no Cluster, everything; empty: not known. */
    String laneOf(int slot);

    /** Nobody takes them anywhere. */
    record Nowhere(String why) implements Sender {
        @Override
        public void send(List<? extends Query> queries) {
            queries.forEach(query -> query.finish(new Failure(Failure.Kind.NOT_SENT, why)));
        }

        @Override
        public void sendTo(String lane, Query query) {
            send(List.of(query));
        }

        @Override
        public String laneOf(int slot) {
            return Fleet.NO_LANE;
        }

        @Override
        public boolean isCluster() {
            return false;
        }
    }
}
