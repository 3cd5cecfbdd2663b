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
final class RawClient {

    private final int port;
    private @Nullable ClientResources resources;
    private @Nullable RedisClient driver;
    private @Nullable StatefulRedisConnection<String, String> connection;

    RawClient(int port) {
        this.port = port;
    }

    synchronized RedisCommands<String, String> commands() {
        StatefulRedisConnection<String, String> open = connection;
        if (open == null) {
            resources = ClientResources.builder()
                    .ioThreadPoolSize(2)
                    .computationThreadPoolSize(2)
                    .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
                    .build();
            driver = RedisClient.create(resources, RedisURI.create("127.0.0.1", port));
            driver.setOptions(ClientOptions.builder().autoReconnect(true).build());
            open = driver.connect();
            connection = open;
        }
        return open.sync();
    }

    synchronized void close() {
        if (driver != null && resources != null) {
            driver.shutdown(0, 1, TimeUnit.SECONDS);
            resources.shutdown(0, 1, TimeUnit.SECONDS);
        }
        connection = null;
        driver = null;
    }
}
