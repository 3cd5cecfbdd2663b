package dev.chatstream.it.harness;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A plain client of one server; it connects when it is first asked, and again after the server was away. */
public final class RawClient implements AutoCloseable {

    private final int port;
    private final Duration timeout;
    private @Nullable ClientResources resources;
    private @Nullable RedisClient driver;
    private @Nullable StatefulRedisConnection<String, String> connection;

    RawClient(int port) {
        this(port, RedisURI.DEFAULT_TIMEOUT_DURATION);
    }

    /** @param timeout how long it waits for a connection and for each answer */
    public RawClient(int port, Duration timeout) {
        this.port = port;
        this.timeout = timeout;
    }

    public synchronized RedisCommands<String, String> commands() {
        StatefulRedisConnection<String, String> open = connection;
        if (open == null) {
            open = driver().connect();
            connection = open;
        }
        return open.sync();
    }

    private RedisClient driver() {
        RedisClient made = driver;
        if (made == null) {
            resources = ClientResources.builder()
                    .ioThreadPoolSize(2)
                    .computationThreadPoolSize(2)
                    .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
                    .build();
            made = RedisClient.create(
                    resources,
                    RedisURI.builder()
                            .withHost("127.0.0.1")
                            .withPort(port)
                            .withTimeout(timeout)
                            .build());
            made.setOptions(ClientOptions.builder().autoReconnect(true).build());
            driver = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (driver != null && resources != null) {
            driver.shutdown(0, 1, TimeUnit.SECONDS);
            resources.shutdown(0, 1, TimeUnit.SECONDS);
        }
        connection = null;
        driver = null;
    }
}
