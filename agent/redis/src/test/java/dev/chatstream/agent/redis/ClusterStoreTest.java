package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore;
import dev.chatstream.agent.core.LeaseStoreContract;
import dev.chatstream.agent.core.Outside;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of every store, on a real Cluster of three. */
class ClusterStoreTest extends LeaseStoreContract {

    private static RedisCluster cluster;
    private static RawOutside outside;
    private Opened opened;

    @BeforeAll
    static void startCluster() {
        cluster = new RedisCluster();
        outside = new RawOutside(cluster.primaries(), cluster::clientOf);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void openStore() {
        outside.wipe();
        opened = Opened.with(Stores.settings(cluster.node(1).uri()));
        for (int i = 0; i < 3; i++) {
            String name = "up 127.0.0.1:" + cluster.node(i).port();
            opened.links().await(name::equals);
        }
    }

    @AfterEach
    void closeStore() {
        opened.close();
    }

    @Override
    protected LeaseStore store() {
        return opened.store();
    }

    @Override
    protected Outside outside() {
        return outside;
    }

    @Override
    protected void pass(Duration time) {
        outside.pass(time);
    }

    @Override
    protected LeaseStore closedStore() {
        return Stores.store(cluster.node(0).uri());
    }
}
