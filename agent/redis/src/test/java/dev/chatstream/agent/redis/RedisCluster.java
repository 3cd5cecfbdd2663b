package dev.chatstream.agent.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Three real primaries that form a Cluster, with a third of the slots each; replicas can be added. */
final class RedisCluster implements AutoCloseable {

    private static final int SLOTS = 16384;
    private static final long FORMS_WITHIN = TimeUnit.SECONDS.toNanos(30);

    private final List<RedisServer> nodes = new ArrayList<>();
    private final List<Resp> clients = new ArrayList<>();

    RedisCluster() {
        IntStream.range(0, 3).forEach(i -> add());
        for (int i = 0; i < 3; i++) {
            int first = i * SLOTS / 3;
            int last = (i + 1) * SLOTS / 3 - 1;
            clients.get(i).call("CLUSTER", "ADDSLOTSRANGE", first, last);
        }
        awaitFormed();
    }

    private RedisServer add() {
        RedisServer node = RedisServer.start(
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                "1500",
                "--cluster-require-full-coverage",
                "no",
                "--repl-diskless-sync-delay",
                "0");
        Resp client = node.client();
        if (!nodes.isEmpty()) {
            client.call("CLUSTER", "MEET", "127.0.0.1", nodes.get(0).port());
        }
        nodes.add(node);
        clients.add(client);
        return node;
    }

    /** A fourth node that copies this one, and takes its place when it dies. */
    RedisServer addReplicaOf(int index) {
        RedisServer node = add();
        Resp client = clients.get(clients.size() - 1);
        String id = id(index);
        awaitTrue(() -> !(client.ask("CLUSTER", "REPLICATE", id) instanceof Resp.Refused));
        awaitTrue(() -> ((String) client.call("INFO", "replication")).contains("master_link_status:up"));
        return node;
    }

    void awaitFormed() {
        awaitTrue(() -> clients.stream().allMatch(client -> {
            String info = (String) client.call("CLUSTER", "INFO");
            return info.contains("cluster_state:ok")
                    && info.contains("cluster_slots_ok:" + SLOTS)
                    && info.contains("cluster_known_nodes:" + nodes.size());
        }));
    }

    static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + FORMS_WITHIN;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within 30 s");
            }
            Thread.onSpinWait();
        }
    }

    RedisServer node(int index) {
        return nodes.get(index);
    }

    Resp client(int index) {
        return clients.get(index);
    }

    List<Resp> primaries() {
        return clients.subList(0, 3);
    }

    String id(int index) {
        return (String) clients.get(index).call("CLUSTER", "MYID");
    }

    /** As the slots were dealt in the beginning. */
    int nodeOf(int slot) {
        return IntStream.range(0, 3)
                .filter(i -> slot < (i + 1) * SLOTS / 3)
                .findFirst()
                .orElseThrow();
    }

    Resp clientOf(byte[] key) {
        return clients.get(nodeOf(Keys.slot(key)));
    }

    /** Begins to move a slot: new keys go to the other node. */
    void beginMove(int slot, int from, int to) {
        clients.get(to).call("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        clients.get(from).call("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
    }

    void moveKeys(int from, int to, byte[]... keys) {
        List<Object> words =
                new ArrayList<>(List.of("MIGRATE", "127.0.0.1", nodes.get(to).port(), "", 0, 5000, "KEYS"));
        words.addAll(Arrays.asList(keys));
        clients.get(from).call(words.toArray());
    }

    void endMove(int slot, int to) {
        for (Resp client : List.of(clients.get(to), clients.get(0), clients.get(1), clients.get(2))) {
            client.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        }
    }

    @Override
    public void close() {
        clients.forEach(Resp::close);
        nodes.forEach(RedisServer::close);
    }
}
