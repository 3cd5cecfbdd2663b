package dev.chatstream.agent.redis;

import dev.chatstream.agent.redis.Connector.Greeted;
import dev.chatstream.agent.redis.Seeds.Node;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the server that the settings mean, by asking the seeds one after the other; blocks meanwhile. */
final class Finder {

    private final Seeds seeds;
    private final Connector connector;
    private final Limits limits;

    Finder(Seeds seeds, Connector connector, Limits limits) {
        this.seeds = seeds;
        this.connector = connector;
        this.limits = limits;
    }

    /** What answers. */
    sealed interface Found {
        Wire wire();

        String version();

        /** A primary that serves every key. */
        record Primary(Wire wire, String version) implements Found {}

        /** A node of a Cluster. */
        record ClusterNode(Wire wire, String version) implements Found {}
    }

    Found find() throws Trouble, InterruptedException {
        String masterName = seeds.masterName();
        List<String> whys = new ArrayList<>();
        for (Node seed : seeds.nodes()) {
            try {
                return masterName == null ? direct(seed) : bySentinel(seed, masterName);
            } catch (Trouble e) {
                whys.add(e.why());
            }
        }
        throw new Trouble(whys.size() == 1 ? whys.get(0) : "none of its addresses works: " + String.join("; ", whys));
    }

    private Found direct(Node seed) throws Trouble, InterruptedException {
        Greeted greeted = connector.connect(seed);
        return switch (greeted.mode()) {
            case "cluster" -> clusterNode(greeted);
            case "sentinel" -> throw dropped(greeted, "it is a Sentinel; write redis-sentinel://…#name-of-the-primary");
            default -> primary(greeted, "name the primary in redis-uri, or use redis-sentinel://");
        };
    }

    private Found clusterNode(Greeted greeted) throws Trouble {
        if (seeds.database() != 0) {
            throw dropped(greeted, "it is a Cluster, which has only database 0; take the database out of redis-uri");
        }
        return new Found.ClusterNode(greeted.wire(), greeted.version());
    }

    private static Found primary(Greeted greeted, String remedy) throws Trouble {
        if (!greeted.isPrimary()) {
            throw dropped(greeted, "it is a replica; " + remedy);
        }
        return new Found.Primary(greeted.wire(), greeted.version());
    }

    private Found bySentinel(Node sentinel, String masterName) throws Trouble, InterruptedException {
        Wire wire = sentinel(sentinel).wire();
        @Nullable Object answer;
        try {
            answer = wire.ask(limits.greeting(), CommandType.SENTINEL, "GET-MASTER-ADDR-BY-NAME", masterName);
        } finally {
            wire.discard();
        }
        if (!(answer instanceof List<?> address)
                || !(address.get(0) instanceof byte[] host)
                || !(address.get(1) instanceof byte[] port)) {
            throw new Trouble(sentinel + ": this Sentinel knows no primary named " + masterName
                    + "; check what stands behind # in redis-uri");
        }
        Node master = new Node(Keys.text(host), Integer.parseInt(Keys.text(port)));
        return primary(
                connector.connect(master), "its Sentinel still names it the primary, so a failover is under way");
    }

    /** Most Sentinels ask for nothing; one that does is told what Redis itself is told. */
    private Greeted sentinel(Node node) throws Trouble, InterruptedException {
        Greeted greeted;
        try {
            greeted = connector.connectToSentinel(node, true);
        } catch (Trouble e) {
            if (!e.why().contains("NOAUTH")) {
                throw e;
            }
            greeted = connector.connectToSentinel(node, false);
        }
        if (!greeted.mode().equals("sentinel")) {
            throw dropped(greeted, "it is no Sentinel; write redis:// for Redis itself");
        }
        return greeted;
    }

    private static Trouble dropped(Greeted greeted, String why) {
        greeted.wire().discard();
        return new Trouble(greeted.wire().server() + ": " + why);
    }
}
