package dev.chatstream.agent.redis;

import dev.chatstream.agent.redis.Seeds.Node;
import dev.chatstream.agent.redis.Target.Who;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ConnectionState;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ExtendedKeepAliveSupport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one connection to one node, and blocks meanwhile. Credentials and certificates are read anew each time. */
final class Connector {

    /** A name may stand for several addresses; so many of them are tried. */
    private static final int MOST_ADDRESSES = 4;
    /**
     * Kept alive by TCP, not by commands: a firewall between does not forget an idle connection, and a peer that vanished
     * is noticed within a minute and a half.
     */
    private static final KeepAliveOptions KEEP_ALIVE = KeepAliveOptions.builder()
            .enable()
            .idle(Duration.ofSeconds(60))
            .interval(Duration.ofSeconds(10))
            .count(3)
            .build();

    private final RedisStore.Settings settings;
    private final Seeds seeds;
    private final Limits limits;
    private final Loop loop;

    Connector(RedisStore.Settings settings, Seeds seeds, Limits limits, Loop loop) {
        this.settings = settings;
        this.seeds = seeds;
        this.limits = limits;
        this.loop = loop;
    }

    /** A node that answered the greeting. */
    record Greeted(Wire wire, String version, String mode, String role) {
        boolean isPrimary() {
            return role.equals("master");
        }
    }

    /** Connects to Redis as whom the settings say. */
    Greeted connect(Node node) throws Trouble, InterruptedException {
        return connect(node, new Who(Login.now(settings, seeds), true));
    }

    /** Connects to a Sentinel: as nobody, since most of them ask for nothing, or as whom the settings say. */
    Greeted connectToSentinel(Node node, boolean asNobody) throws Trouble, InterruptedException {
        return connect(node, new Who(asNobody ? null : Login.now(settings, seeds), false));
    }

    private Greeted connect(Node node, Who who) throws Trouble, InterruptedException {
        ClientOptions options = options();
        Trouble trouble = new Trouble(node + ": it has no address");
        for (InetAddress address : addresses(node)) {
            try {
                return connect(node, new Target(node, address, seeds, who, limits.greeting()), options);
            } catch (Trouble e) {
                trouble = e;
            }
        }
        throw trouble;
    }

    private static Iterable<InetAddress> addresses(Node node) throws Trouble {
        try {
            return Arrays.stream(InetAddress.getAllByName(node.host()))
                    .limit(MOST_ADDRESSES)
                    .toList();
        } catch (UnknownHostException e) {
            throw Trouble.of(e, node, false);
        }
    }

    private Greeted connect(Node node, Target target, ClientOptions options) throws Trouble, InterruptedException {
        RedisClient client = loop.client();
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting;
        synchronized (client) { // its options are those of the next connection
            client.setOptions(options);
            connecting = client.connectAsync(ByteArrayCodec.INSTANCE, target).toCompletableFuture();
        }
        try {
            long most = 3 * limits.greeting().toMillis();
            return greeted(node, connecting.get(most, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            abandon(connecting);
            throw Trouble.of(e, node, seeds.tls());
        } catch (InterruptedException e) {
            abandon(connecting);
            throw e;
        }
    }

    private static void abandon(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting) {
        var unused = connecting.thenCompose(StatefulRedisConnection::closeAsync);
    }

    private Greeted greeted(Node node, StatefulRedisConnection<byte[], byte[]> connection) {
        ConnectionState state = ((StatefulRedisConnectionImpl<?, ?>) connection).getConnectionState();
        Wire wire = new Wire(node, connection, loop.events(), limits.silence());
        return new Greeted(
                wire,
                String.valueOf(state.getRedisVersion()),
                String.valueOf(state.getMode()),
                String.valueOf(state.getRole()));
    }

    /** The driver reconnects nothing and replays nothing: that is decided here and in the engine. */
    private ClientOptions options() throws Trouble {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .protocolVersion(ProtocolVersion.RESP3)
                .pingBeforeActivateConnection(false)
                .timeoutOptions(
                        TimeoutOptions.builder().timeoutCommands(false).build()) // see Deadlines: one timer for all
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socketOptions());
        if (seeds.tls()) {
            options.sslOptions(Tls.options(settings, limits.greeting()));
        }
        return options.build();
    }

    private SocketOptions socketOptions() {
        SocketOptions.Builder options =
                SocketOptions.builder().connectTimeout(limits.greeting()).tcpNoDelay(true);
        // The times can only be set where the JVM has resolved jdk.net: not below a named module that does not require
        // it.
        return (ExtendedKeepAliveSupport.isSupported() ? options.keepAlive(KEEP_ALIVE) : options.keepAlive(true))
                .build();
    }
}
