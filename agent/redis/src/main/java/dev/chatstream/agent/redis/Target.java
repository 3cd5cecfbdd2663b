package dev.chatstream.agent.redis;

import dev.chatstream.agent.redis.Seeds.Node;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.StaticCredentialsProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One address of one node, as Lettuce takes it; its name stays beside, for TLS. */
final class Target extends RedisURI {

    private static final long serialVersionUID = 1;
    /** Seen in CLIENT LIST; costs no right, since it goes with the greeting. */
    private static final String CLIENT_NAME = "chatstream";

    /** Who greets the node, and whether as a client of Redis or only to ask a Sentinel. */
    record Who(@Nullable Login login, boolean asClient) {}

    private final InetSocketAddress address;

    Target(Node node, InetAddress address, Seeds seeds, Who who, Duration timeout) {
        super(node.host(), node.port(), timeout);
        this.address = new InetSocketAddress(address, node.port());
        setSsl(seeds.tls());
        setVerifyPeer(
                switch (seeds.verify()) {
                    case FULL -> SslVerifyMode.FULL;
                    case CA -> SslVerifyMode.CA;
                    case NONE -> SslVerifyMode.NONE;
                });
        setClientName(CLIENT_NAME);
        // a Sentinel has no databases
        setDatabase(who.asClient() ? seeds.database() : 0);
        setCredentialsProvider(provider(who.login()));
    }

    /** None, so that Lettuce does not send CLIENT SETINFO, which would cost a right. */
    @Override
    public String getLibraryName() {
        return "";
    }

    /** None, as the name. */
    @Override
    public String getLibraryVersion() {
        return "";
    }

    InetSocketAddress address() {
        return address;
    }

    private static RedisCredentialsProvider provider(@Nullable Login login) {
        return login == null
                ? new StaticCredentialsProvider(null, null)
                : new StaticCredentialsProvider(
                        login.username().orElse(null), login.password().toCharArray());
    }
}
