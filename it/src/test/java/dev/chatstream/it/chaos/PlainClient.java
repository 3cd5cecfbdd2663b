package dev.chatstream.it.chaos;

import dev.chatstream.it.harness.RawClient;
import dev.chatstream.it.harness.RedisUnderTest;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The original service, as far as Redis sees it: SET NX with an expiry, EXPIRE and DEL by value, and the abort marker. Some
 * threads, each with one answer at a time. By its own bookkeeping it is entitled until a deadline from before the send, too.
 */
final class PlainClient implements AutoCloseable {

    private static final String EXTEND = by("'PEXPIRE', KEYS[1], ARGV[2]");
    private static final String DELETE = by("'DEL', KEYS[1]");
    private static final long HEARTBEAT = Duration.ofMillis(600).toNanos();

    private final RawClient client;
    private final Notebook notebook;
    private final long ttlMillis;
    private final AtomicLong calls = new AtomicLong();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean resting;

    PlainClient(int port, Path notes, Duration ttl, SplittableRandom seeds, int threads) {
        this.client = new RawClient(port, Duration.ofMillis(500));
        this.notebook = new Notebook(notes);
        this.ttlMillis = ttl.toMillis();
        for (int i = 0; i < threads; i++) {
            SplittableRandom chance = seeds.split();
            workers.add(Thread.ofPlatform().name("plain-" + i).start(() -> work(chance)));
        }
    }

    private static String by(String command) {
        return "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call(" + command + ") end return 0";
    }

    private void work(SplittableRandom chance) {
        while (!resting) {
            String chat = ChaosApp.CHATS.get(chance.nextInt(ChaosApp.CHATS.size()));
            Answer answer = new Answer(calls.incrementAndGet(), chat);
            notebook.begins(answer.call, chat, "plain");
            notebook.ends(answer.call, answer.run(Duration.ofMillis(1 + chance.nextInt(2_500))), false);
            sleep(50 + chance.nextInt(250));
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }

    /** Lets the answers end and begins no more. */
    void rest() throws InterruptedException {
        resting = true;
        for (Thread worker : workers) {
            worker.join();
        }
    }

    @Override
    public void close() {
        client.close();
        notebook.close();
    }

    private final class Answer {
        final long call;
        private final String id;
        private final String lock;
        private long deadline;
        private long renewed;

        Answer(long call, String chat) {
            this.call = call;
            this.id = "plain-" + call;
            this.lock = RedisUnderTest.lockOf(chat);
        }

        String run(Duration length) {
            try {
                if (!take()) {
                    return "busy";
                }
            } catch (RedisException away) {
                return "unavailable";
            }
            long end = System.nanoTime() + length.toNanos();
            String outcome = "left:done";
            look();
            while (System.nanoTime() - end < 0 && outcome.equals("left:done")) {
                sleep(15);
                outcome = goOn();
                look();
            }
            release();
            return outcome;
        }

        private boolean take() {
            long before = System.nanoTime();
            boolean won = "OK"
                    .equals(client.commands().set(lock, id, SetArgs.Builder.nx().px(ttlMillis)));
            extended(before);
            return won;
        }

        private void extended(long before) {
            deadline = before + Duration.ofMillis(ttlMillis).toNanos();
            renewed = before;
        }

        private void look() {
            long now = System.nanoTime();
            notebook.sees(call, now, now, Math.max(0, deadline - now), 0);
        }

        private String goOn() {
            long before = System.nanoTime();
            if (before - renewed < HEARTBEAT) {
                return "left:done";
            }
            try {
                renewed = before;
                if (client.commands().get(RedisUnderTest.markerOf(id)) != null) {
                    client.commands().del(RedisUnderTest.markerOf(id));
                    return "left:STOPPED";
                }
                if (!Long.valueOf(0).equals(eval(EXTEND, id, Long.toString(ttlMillis)))) {
                    extended(before);
                    return "left:done";
                }
                deadline = before; // another's, or gone: it knows
                return "left:LOCK_LOST";
            } catch (RedisException away) {
                return "left:done"; // tried again at the next beat; entitled until the deadline
            }
        }

        private void release() {
            try {
                eval(DELETE, id);
            } catch (RedisException away) {
                // its key expires
            }
        }

        private Object eval(String script, String... values) {
            return client.commands().eval(script, ScriptOutputType.INTEGER, new String[] {lock}, values);
        }
    }
}
