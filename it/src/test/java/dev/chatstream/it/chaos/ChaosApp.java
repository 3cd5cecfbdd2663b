package dev.chatstream.it.chaos;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.ChatStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A chat service under a random load: some virtual threads call guarded methods, and sometimes press Stop. What it sees goes
 * to its notebook. Arguments: notebook, seed, threads. Requests: {@code clock}, {@code rest} (let the calls end and begin no
 * more), {@code round} (enter every chat once).
 */
public final class ChaosApp {

    static final List<String> CHATS = List.of("c0", "c1", "c2", "c3", "c4", "c5");

    private final Notebook notebook;
    private final Answers answers;
    private final AtomicLong calls = new AtomicLong();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean resting;

    private ChaosApp(Notebook notebook) {
        this.notebook = notebook;
        this.answers = new Answers(notebook);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChaosApp app = new ChaosApp(new Notebook(Path.of(arguments[0])));
        SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[1]));
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            SplittableRandom chance = seeds.split();
            app.workers.add(Thread.ofVirtual().unstarted(() -> app.work(chance)));
        }
        say("ready");
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            app.handle(line);
        }
    }

    private static void say(String line) {
        System.out.print(line + "\n");
        System.out.flush();
    }

    private void handle(String request) throws InterruptedException {
        switch (request) {
            case "clock" -> say("clock " + System.nanoTime());
            case "work" -> workers.forEach(Thread::start);
            case "rest" -> {
                resting = true;
                for (Thread worker : workers) {
                    worker.join();
                }
                say("resting");
            }
            case "round" -> {
                CHATS.forEach(chat -> say("round " + chat + " " + call(chat, 1, "", Duration.ZERO, false)));
            }
            default -> throw new IllegalArgumentException(request);
        }
    }

    private void work(SplittableRandom chance) {
        while (!resting) {
            String chat = CHATS.get(chance.nextInt(CHATS.size()));
            String given = chat + "-message-" + chance.nextInt(6);
            int dice = chance.nextInt(100);
            if (dice < 3) {
                stop(() -> ChatStreams.abortChat(chat));
            } else if (dice < 6) {
                stop(() -> ChatStreams.abort(given));
            } else {
                boolean own = chance.nextInt(10) < 7;
                call(chat, chance.nextInt(4), own ? "" : given, length(chance), chance.nextInt(100) < 15);
            }
            pause(20 + chance.nextInt(180));
        }
    }

    private static Duration length(SplittableRandom chance) {
        int dice = chance.nextInt(100);
        int most = dice < 60 ? 250 : dice < 90 ? 1_200 : 5_000;
        return Duration.ofMillis(1 + chance.nextInt(most));
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException("an interrupt was left behind", nobodyDoes);
        }
    }

    private static void stop(Runnable asked) {
        try {
            asked.run();
        } catch (ChatLockUnavailableException redisIsAway) {
            // as it may be here at any time
        }
    }

    private String call(String chat, int policy, String streamId, Duration length, boolean deaf) {
        Answers.Asked asked = new Answers.Asked(calls.incrementAndGet(), length, deaf);
        notebook.begins(asked.call, chat, name(policy) + (deaf ? "-deaf" : "") + (streamId.isEmpty() ? "" : "-given"));
        String outcome = outcome(asked, chat, policy, streamId);
        notebook.ends(asked.call, outcome, asked.claimsLock());
        return outcome;
    }

    private static String name(int policy) {
        return switch (policy) {
            case 0 -> "supersede";
            case 1 -> "reject";
            default -> "wait";
        };
    }

    private String outcome(Answers.Asked asked, String chat, int policy, String streamId) {
        try {
            return switch (policy) {
                case 0 -> answers.supersedes(asked, chat, streamId);
                case 1 -> answers.rejects(asked, chat, streamId);
                default -> answers.waits(asked, chat, streamId);
            };
        } catch (ChatBusyException busy) {
            return "busy";
        } catch (ChatAbortedException aborted) {
            return "aborted:" + aborted.reason();
        } catch (ChatLockUnavailableException unavailable) {
            return "unavailable";
        } catch (Throwable unforeseen) {
            return "threw:" + unforeseen.getClass().getName();
        }
    }
}
