package dev.chatstream.it.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Servers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many streams that are only kept open: what their heartbeats and polls cost, and whether any comes too late. */
final class OpenStreams {

    private static final Duration WATCHED = Duration.ofSeconds(60);

    /** A renewal is late when less than this is left: the TTL less a heartbeat, a tick and half a second. */
    private static final Duration LATE =
            Guards.TTL.minusSeconds(20).minusSeconds(1).minusMillis(500);

    private final int number;

    OpenStreams(int number) {
        this.number = number;
    }

    /** One line of the table in the docs. */
    String measure() throws InterruptedException {
        try (RedisUnderTest server = Servers.start()) {
            StreamGuard guard = Guards.on(Guards.redis(server.uri()));
            guard.open();
            Guards.enter(guard, "warm").leave();
            long heapBefore = usedHeap();
            List<Entry.Member> holds = new ArrayList<>(number);
            List<GuardedStream> streams = new ArrayList<>(number);
            open(guard, holds, streams);
            long heap = usedHeap() - heapBefore;
            double redisBefore = redisCpu(server);
            long jvmBefore = jvmCpu();
            long begin = System.nanoTime();
            int late = watch(streams);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double jvm = (jvmCpu() - jvmBefore) / 1e9 / seconds;
            double redis = (redisCpu(server) - redisBefore) / seconds;
            holds.forEach(Entry.Member::close);
            guard.shutdown();
            return "%,d open streams: JVM %.1f %% of a core, Redis %.1f %%, heap %d B a stream, late renewals %d"
                    .formatted(number, jvm * 100, redis * 100, heap / number, late);
        }
    }

    private void open(StreamGuard guard, List<Entry.Member> holds, List<GuardedStream> streams) {
        for (int i = 0; i < number; i++) {
            Entry.Entered entered = Guards.enter(guard, "chat-" + i);
            holds.add(entered.member());
            streams.add(entered.stream());
            entered.leave();
        }
    }

    /** Looks at every lease once a second; counts streams that were late at any time. */
    private int watch(List<GuardedStream> streams) throws InterruptedException {
        boolean[] late = new boolean[streams.size()];
        long end = System.nanoTime() + WATCHED.toNanos();
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < late.length; i++) {
                late[i] |= streams.get(i).leaseRemaining().compareTo(LATE) < 0;
            }
            Thread.sleep(1000);
        }
        int count = 0;
        for (boolean one : late) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Without what this thread uses to watch. */
    private static long jvmCpu() {
        long all = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        return all - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double redisCpu(RedisUnderTest server) {
        return server.client()
                .info("cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
