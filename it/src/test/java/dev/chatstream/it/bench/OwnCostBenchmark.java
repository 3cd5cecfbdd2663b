package dev.chatstream.it.bench;

import dev.chatstream.agent.core.InMemoryStore;
import dev.chatstream.agent.core.StreamGuard;
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

/** What the engine itself costs a call: a store in memory, which answers at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
public class OwnCostBenchmark {

    private StreamGuard guard;
    private int next;

    @Setup
    public void start() {
        guard = Guards.on(new InMemoryStore(System::nanoTime, Guards.TTL));
        guard.open();
    }

    @TearDown
    public void stop() {
        guard.shutdown();
    }

    @Benchmark
    public void enterAndLeave() {
        Guards.enterAndLeave(guard, "chat-" + (next++ & 1023));
    }
}
