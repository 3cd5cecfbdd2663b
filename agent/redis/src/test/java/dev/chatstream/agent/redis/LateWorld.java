package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One chat in a real Redis, some streams that want it, and a network that delays, loses, repeats and reorders. Streams keep
 * the rules of the protocol; every command is checked when it reaches Redis, against what it found there.
 */
final class LateWorld {

    static final long TTL = 100_000;
    private static final long KEEP = LateChat.KEEP;
    private static final int LIVELY = 3;

    private final LateChat chat;
    private final Random random;
    private final boolean forgetful;
    private final List<Stream> streams = new ArrayList<>();
    private final List<Command> onTheWay = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private long now;
    private long highest;

    private enum State {
        WAITING,
        HELD,
        LOST,
        CLOSING
    }

    private static final class Stream {
        private final String id;
        private final String nonce;
        private State state = State.WAITING;
        private long fence;
        private long deadline;
        private boolean overruled;
        private String[] busy = {};

        Stream(String id, String nonce) {
            this.id = id;
            this.nonce = nonce;
        }
    }

    private record Command(Script script, Stream stream, long sentAt, List<Object> arguments) {}

    LateWorld(Resp redis, long seed) {
        this.chat = new LateChat(redis, seed);
        this.random = new Random(seed);
        this.forgetful = random.nextInt(3) == 0;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1 -> begin();
            case 2, 3, 4 -> act();
            case 5, 6, 7, 8 -> arrive();
            case 9 -> answer();
            case 10 -> pass(random.nextInt(1, 60_000));
            default -> {
                if (forgetful) {
                    forget();
                } else {
                    answer();
                }
            }
        }
    }

    private void begin() {
        if (streams.stream()
                        .filter(s -> s.state == State.WAITING || s.state == State.HELD)
                        .count()
                < LIVELY) {
            Stream stream = new Stream("id" + random.nextInt(2), "n" + streams.size());
            streams.add(stream);
            acquire(stream);
        }
    }

    /** One of the last ones does what it is at. */
    private void act() {
        if (streams.isEmpty()) {
            return;
        }
        Stream stream = streams.get(streams.size() - 1 - random.nextInt(Math.min(LIVELY, streams.size())));
        switch (stream.state) {
            case WAITING -> {
                if (random.nextInt(4) == 0) {
                    release(stream);
                } else {
                    acquire(stream);
                }
            }
            case HELD -> {
                if (random.nextInt(4) == 0) {
                    release(stream);
                } else {
                    renew(stream);
                }
            }
            case LOST, CLOSING -> release(stream);
        }
    }

    private void acquire(Stream stream) {
        boolean overrules = stream.busy.length > 0 && random.nextInt(3) == 0;
        List<Object> words = overrules
                ? List.of(stream.id, stream.nonce, TTL, KEEP, stream.busy[0], stream.busy[1])
                : List.of(stream.id, stream.nonce, TTL, KEEP);
        onTheWay.add(new Command(Script.ACQUIRE, stream, now, words));
    }

    private void renew(Stream stream) {
        int again = now < stream.deadline ? 2 : 1;
        onTheWay.add(new Command(
                Script.RENEW, stream, now, List.of(TTL, KEEP, stream.id, stream.nonce, stream.fence, again)));
    }

    private void release(Stream stream) {
        stream.state = State.CLOSING;
        onTheWay.add(new Command(Script.RELEASE, stream, now, List.of(stream.id, stream.nonce, KEEP)));
    }

    private void pass(long millis) {
        now += millis;
        chat.pass(millis);
        story.add(now + " ms");
    }

    /** Somebody deletes the lock on purpose. */
    private void forget() {
        chat.forget();
        story.add("lock deleted");
    }

    private void arrive() {
        if (onTheWay.isEmpty()) {
            return;
        }
        int index = random.nextInt(onTheWay.size());
        Command command = random.nextInt(5) == 0 ? onTheWay.get(index) : onTheWay.remove(index);
        LateChat.Kept before = chat.kept();
        Object answer = chat.run(command.script, command.arguments);
        LateChat.Kept after = chat.kept();
        story.add(command.script + " " + command.stream.nonce + " of " + command.sentAt + " -> " + answer);
        check(command.stream, command, before, after);
        if (random.nextInt(4) != 0) {
            answers.add(() -> hear(command, answer));
        }
    }

    private void answer() {
        if (!answers.isEmpty()) {
            answers.remove(random.nextInt(answers.size())).run();
        }
    }

    /** (b) Only one's own lock is extended or deleted; (d) whoever gets in has the highest fence of all. */
    private void check(Stream stream, Command command, LateChat.Kept before, LateChat.Kept after) {
        boolean untouched = before.owner() != null
                && before.owner().equals(after.owner())
                && after.ttl() <= before.ttl()
                && (before.nonce() == null || before.nonce().equals(after.nonce()));
        if (before.owner() != null && !untouched && !before.isHeldBy(stream.id, stream.nonce)) {
            List<Object> words = command.arguments;
            boolean overrules = command.script == Script.ACQUIRE
                    && words.size() == 6
                    && words.get(4).equals(before.owner())
                    && words.get(5).equals(before.known() ? before.nonce() : "-");
            assertThat(overrules).as("(b) %s", this).isTrue();
            streams.stream().filter(s -> before.isHeldBy(s.id, s.nonce)).forEach(victim -> victim.overruled = true);
        }
        if (after.known()) {
            assertThat(after.fence()).as("(d) %s", this).isGreaterThanOrEqualTo(highest);
            highest = after.fence();
        }
    }

    private void hear(Command command, Object answer) {
        Stream stream = command.stream;
        Object verdict = answer instanceof List<?> list ? list.get(0) : answer;
        if (command.script == Script.ACQUIRE && stream.state == State.WAITING) {
            List<?> words = (List<?>) answer;
            if (verdict.equals("won")) {
                stream.state = State.HELD;
                stream.fence = Long.parseLong((String) words.get(1));
                entitle(stream, command.sentAt);
            } else if (verdict.equals("busy")) {
                stream.busy = new String[] {(String) words.get(1), (String) words.get(2)};
            }
        } else if (command.script == Script.RENEW && stream.state == State.HELD) {
            if (verdict.equals("renewed") || verdict.equals("again")) {
                entitle(stream, command.sentAt);
            } else {
                stream.state = State.LOST;
            }
        }
    }

    /** (a) At most one is entitled, but for one that was overruled and could not be told; while Redis keeps its data. */
    private void entitle(Stream stream, long sentAt) {
        stream.deadline = Math.max(stream.deadline, sentAt + TTL);
        if (forgetful) {
            return;
        }
        assertThat(streams.stream()
                        .filter(s -> s.state == State.HELD && s.deadline > now && !s.overruled)
                        .map(s -> s.nonce))
                .as("(a) %s", this)
                .hasSizeLessThanOrEqualTo(1);
    }

    @Override
    public String toString() {
        return String.join("\n", story);
    }
}
