package dev.chatstream.it.harness;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three embedded servers that form a Cluster: one in containers would name addresses that are of use only inside them. */
public final class RedisCluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final int SLOTS = 16_384;

    private record Node(EmbeddedRedis server, int bus) {
        static Node started() {
            int bus = Ports.free();
            return new Node(
                    new EmbeddedRedis(List.of("--cluster-enabled", "yes", "--cluster-port", Integer.toString(bus))),
                    bus);
        }

        RedisCommands<String, String> client() {
            return server.client();
        }
    }

    private final List<Node> nodes = Stream.generate(Node::started).limit(NODES).toList();

    public RedisCluster() {
        for (int i = 0; i < NODES; i++) {
            nodes.get(i)
                    .client()
                    .clusterAddSlots(IntStream.range(i * SLOTS / NODES, (i + 1) * SLOTS / NODES)
                            .toArray());
            meet(nodes.get(0), nodes.get(i));
        }
        Eventually.until("the cluster is formed", () -> nodes.stream().allMatch(RedisCluster::isFormed));
    }

    private static void meet(Node first, Node other) {
        if (first != other) {
            other.client()
                    .dispatch(
                            CommandType.CLUSTER,
                            new StatusOutput<>(StringCodec.UTF8),
                            new CommandArgs<>(StringCodec.UTF8)
                                    .add("MEET")
                                    .add("127.0.0.1")
                                    .add(first.server().port())
                                    .add(first.bus()));
        }
    }

    private static boolean isFormed(Node node) {
        String info = node.client().clusterInfo();
        return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_known_nodes:" + NODES);
    }

    /** One of its nodes; the agent finds the others. */
    public String uri() {
        return nodes.get(0).server().uri();
    }

    /** All keys, node by node. */
    public List<List<String>> keys() {
        return nodes.stream().map(node -> node.client().keys("*")).toList();
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.server().close());
    }
}
