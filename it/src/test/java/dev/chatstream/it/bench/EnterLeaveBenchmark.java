package dev.chatstream.it.bench;

import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Taking a free chat and giving it back, on a Redis on loopback: two plain commands, our two scripts called raw, the engine,
 * and Redisson's lock, in one run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
public class EnterLeaveBenchmark {

    private static final String COMPARE_AND_DELETE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private RedisUnderTest server;
    private RedisClient driver;
    private RedisCommands<String, String> commands;
    private String deleteSha;
    private String acquireSha;
    private String releaseSha;
    private StreamGuard guard;
    private RedissonClient redisson;
    private int next;

    @Setup
    public void start() throws IOException {
        server = Servers.start();
        driver = RedisClient.create(server.uri());
        commands = driver.connect().sync();
        deleteSha = commands.scriptLoad(COMPARE_AND_DELETE);
        acquireSha = commands.scriptLoad(script("acquire"));
        releaseSha = commands.scriptLoad(script("release"));
        guard = Guards.on(Guards.redis(server.uri()));
        guard.open();
        Guards.enter(guard, "warm").leave();
        Config config = new Config();
        config.useSingleServer().setAddress(server.uri());
        redisson = Redisson.create(config);
    }

    private static String script(String name) throws IOException {
        try (InputStream source = Objects.requireNonNull(
                EnterLeaveBenchmark.class.getResourceAsStream("/dev/chatstream/agent/redis/" + name + ".lua"))) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @TearDown
    public void stop() {
        guard.shutdown();
        redisson.shutdown();
        driver.shutdown();
        server.close();
    }

    private String chat() {
        return "chat-" + (next++ & 1023);
    }

    @Benchmark
    public Object plainSetAndDelete() {
        String key = "plain:" + chat();
        commands.set(key, "me", SetArgs.Builder.nx().px(60_000));
        return commands.evalsha(deleteSha, ScriptOutputType.INTEGER, new String[] {key}, "me");
    }

    @Benchmark
    public Object ourScriptsRaw() {
        String chat = chat();
        String[] keys = {"raw:" + chat, "chatstream:holder:{raw:" + chat + "}"};
        String nonce = Integer.toString(next);
        commands.evalsha(acquireSha, ScriptOutputType.MULTI, keys, "me", nonce, "60000", "3600000");
        return commands.evalsha(releaseSha, ScriptOutputType.VALUE, keys, "me", nonce, "3600000");
    }

    @Benchmark
    public void chatStream() {
        Guards.enterAndLeave(guard, chat());
    }

    @Benchmark
    public void redissonLock() {
        var lock = redisson.getLock("redisson:" + chat());
        lock.lock();
        lock.unlock();
    }
}
