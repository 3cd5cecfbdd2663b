package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore;
import dev.chatstream.agent.core.LeaseStoreContract;
import dev.chatstream.agent.core.Outside;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of every store, on a real Redis. */
class RedisStoreTest extends LeaseStoreContract {

    private static RedisServer server;
    private static RawOutside outside;
    private RedisStore store;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
        outside = new RawOutside(server.client());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openStore() {
        outside.wipe();
        store = Stores.store(server.uri());
        Links links = new Links();
        store.open(links);
        links.awaitUp();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    protected LeaseStore store() {
        return store;
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
        return Stores.store(server.uri());
    }
}
