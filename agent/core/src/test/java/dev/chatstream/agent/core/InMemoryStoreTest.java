package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class InMemoryStoreTest extends LeaseStoreContract {

    private final AtomicLong nanos = new AtomicLong(System.nanoTime());
    private final InMemoryStore store = new InMemoryStore(nanos::get, TTL);

    InMemoryStoreTest() {
        store.open(new LeaseStore.Link() {
            @Override
            public void up(String lane) {}

            @Override
            public void down(String lane, String why) {}
        });
    }

    @Override
    protected LeaseStore store() {
        return store;
    }

    @Override
    protected Outside outside() {
        return store.server();
    }

    @Override
    protected void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    protected LeaseStore closedStore() {
        return new InMemoryStore(nanos::get, TTL);
    }
}
