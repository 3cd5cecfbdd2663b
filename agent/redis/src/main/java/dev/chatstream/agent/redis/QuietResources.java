package dev.chatstream.agent.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.EventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.lettuce.core.tracing.Tracing;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.Timer;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;

/**
 * What Lettuce runs on, cut down to the one loop: no threads of its own, no metrics, no tracing, no events, no DNS client.
 * The driver's own default resources would start a timer and load Netty's DNS client as soon as they are named.
 */
final class QuietResources implements ClientResources, EventLoopGroupProvider, EventBus {

    private final EventLoop loop;
    private final Timer timer;

    QuietResources(EventLoop loop) {
        this.loop = loop;
        this.timer = new LoopTimer(loop);
    }

    /** Names are looked up before, on the thread that asks for a connection: it may block, the loop may not. */
    @Override
    public SocketAddressResolver socketAddressResolver() {
        return new SocketAddressResolver() {
            @Override
            public SocketAddress resolve(RedisURI uri) {
                return ((Target) uri).address();
            }
        };
    }

    @Override
    public AddressResolverGroup<InetSocketAddress> addressResolverGroup() {
        return DefaultAddressResolverGroup.INSTANCE;
    }

    @Override
    public EventExecutorGroup eventExecutorGroup() {
        return loop;
    }

    @Override
    public EventLoopGroupProvider eventLoopGroupProvider() {
        return this;
    }

    /** Lettuce names the class of a group that is like its own, and takes any. */
    @Override
    @SuppressWarnings("unchecked")
    public <T extends EventLoopGroup> T allocate(Class<T> type) {
        return (T) loop;
    }

    @Override
    public int threadPoolSize() {
        return 1;
    }

    /** The loop is ended by whoever made it. */
    @Override
    public Future<Boolean> release(EventExecutorGroup released, long quietPeriod, long timeout, TimeUnit unit) {
        return loop.newSucceededFuture(true);
    }

    @Override
    public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
        return loop.newSucceededFuture(true);
    }

    @Override
    public Future<Boolean> shutdown() {
        return shutdown(0, 0, TimeUnit.SECONDS);
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public EventBus eventBus() {
        return this;
    }

    @Override
    public Flux<Event> get() {
        return Flux.never();
    }

    @Override
    public void publish(Event event) {}

    @Override
    public CommandLatencyRecorder commandLatencyRecorder() {
        return CommandLatencyRecorder.disabled();
    }

    @Override
    public EventPublisherOptions commandLatencyPublisherOptions() {
        return () -> Duration.ZERO;
    }

    @Override
    public Tracing tracing() {
        return Tracing.disabled();
    }

    /** Addresses come looked up; a resolver of Netty's would leave a listener at the loop, and that a thread at its end. */
    @Override
    public NettyCustomizer nettyCustomizer() {
        return new NettyCustomizer() {
            @Override
            public void afterBootstrapInitialized(Bootstrap bootstrap) {
                bootstrap.disableResolver();
            }
        };
    }

    /** Unused: connections are made anew by {@link Keeper}. */
    @Override
    public Delay reconnectDelay() {
        return Delay.constant(Backoff.LONGEST);
    }

    @Override
    public int computationThreadPoolSize() {
        return 1;
    }

    @Override
    public int ioThreadPoolSize() {
        return 1;
    }

    @Override
    public Builder mutate() {
        throw new UnsupportedOperationException("one store, one set of resources");
    }
}
