package dev.chatstream.it.chaos;

import dev.chatstream.it.harness.RedisUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whose each chat's lock was, as Redis wrote it. Times are its clock's, in milliseconds: each is an expiry less the TTL that
 * was asked for, which is the same for all.
 */
final class Ledger {

    /** How a lock ended. */
    enum End {
        STILL_THERE,
        /** By its own stream, which the record names. */
        RELEASED,
        /** By its time, or by a plain client's deletion: the file does not tell the two apart. */
        GONE,
        /** Another one was written over it. */
        OVERRULED
    }

    /** A write that gave the lock a new expiry. */
    record Write(long at, long expiry) {}

    /** A lock from when it was written to when it was gone. */
    static final class Lock {
        final String chat;
        final String value;
        /** Of the acquisition; empty: a plain client's. */
        final String nonce;

        final long fence;
        final List<Write> writes = new ArrayList<>();
        End how = End.STILL_THERE;
        /** When it ended, at the latest. */
        long end;
        /** It ended before its time, and not by its own stream or a superseder. */
        boolean stolen;

        Lock(String chat, String value, String nonce, long fence) {
            this.chat = chat;
            this.value = value;
            this.nonce = nonce;
            this.fence = fence;
        }

        boolean isPlain() {
            return nonce.isEmpty();
        }

        long from() {
            return writes.getFirst().at();
        }

        long expiry() {
            return writes.getLast().expiry();
        }

        /** When it ended; whatever else becomes of it, it ends when it expires. */
        long until() {
            return how == End.STILL_THERE ? expiry() : Math.min(expiry(), end);
        }

        @Override
        public String toString() {
            return "lock " + value + (isPlain() ? " of the plain client" : " fence " + fence) + ", " + how;
        }
    }

    static final long NEVER = Long.MAX_VALUE;

    private static final String LOCK = RedisUnderTest.lockOf("");
    private static final String RECORD = "chatstream:holder:{" + LOCK;

    private final long ttl;
    private final long keep;
    private final List<Lock> locks = new ArrayList<>();
    private final Map<String, Lock> current = new HashMap<>();
    private final Map<String, Lock> justDeleted = new HashMap<>();
    private final Map<String, String[]> records = new HashMap<>();
    private final Map<String, Lock> lastEnded = new HashMap<>();
    private List<String> previous = List.of();

    private Ledger(Duration ttl, Duration keep) {
        this.ttl = ttl.toMillis();
        this.keep = keep.toMillis();
    }

    static Ledger read(List<List<String>> commands, Duration ttl, Duration keep) {
        Ledger ledger = new Ledger(ttl, keep);
        boolean together = false;
        for (List<String> command : commands) {
            switch (command.getFirst().toUpperCase(Locale.ROOT)) {
                case "MULTI" -> together = true;
                case "EXEC" -> {
                    together = false;
                    ledger.justDeleted.clear();
                }
                case "SET" -> ledger.set(command);
                case "PEXPIREAT" -> ledger.extend(command.get(1), Long.parseLong(command.get(2)));
                case "DEL", "UNLINK" -> ledger.delete(command.get(1), together);
                default -> {}
            }
            ledger.previous = command;
        }
        return ledger;
    }

    /** In the order of their first writes, chat by chat mixed. */
    List<Lock> locks() {
        return locks;
    }

    private void set(List<String> command) {
        String key = command.get(1);
        if (key.startsWith(RECORD)) {
            record(key.substring(RECORD.length(), key.length() - 1), command);
        } else if (key.startsWith(LOCK)) {
            lock(key.substring(LOCK.length()), command.get(2), expiry(command));
        }
    }

    private static long expiry(List<String> command) {
        int at = command.indexOf("PXAT");
        return at < 0 ? NEVER : Long.parseLong(command.get(at + 1));
    }

    private void record(String chat, List<String> command) {
        String[] record = command.get(2).split(" ");
        records.put(chat, record);
        Lock deleted = justDeleted.remove(chat);
        if (deleted != null && record[2].equals("closed")) {
            deleted.how = End.RELEASED;
            deleted.end = expiry(command) - keep;
            deleted.stolen = !record[0].equals(deleted.nonce) && deleted.end < deleted.expiry();
        }
    }

    /** One of ours is written right behind its record; a plain client writes none. */
    private void lock(String chat, String value, long expiry) {
        String[] record = records.get(chat);
        boolean ours = record != null && previous.size() > 1 && previous.get(1).equals(RECORD + chat + "}");
        String nonce = ours ? record[0] : "";
        Lock before = current.get(chat);
        Lock now = before;
        if (before == null || !before.nonce.equals(nonce) || !before.value.equals(value)) {
            now = new Lock(chat, value, nonce, ours ? Long.parseLong(record[1]) : 0);
            locks.add(now);
            current.put(chat, now);
            replaced(before, lastEnded.remove(chat), expiry - ttl, ours ? record[3] : "-");
        }
        now.writes.add(new Write(expiry - ttl, expiry));
    }

    private static void replaced(Lock before, Lock ended, long at, String overruled) {
        if (before != null) {
            before.how = End.OVERRULED;
            before.end = at;
            before.stolen = !before.isPlain() && !before.nonce.equals(overruled);
        } else if (ended != null && ended.how == End.GONE) {
            ended.end = at;
            ended.stolen = !ended.isPlain() && at < ended.expiry();
        }
    }

    private void extend(String key, long expiry) {
        if (key.startsWith(LOCK)) {
            Lock lock = current.get(key.substring(LOCK.length()));
            if (lock != null) {
                lock.writes.add(new Write(expiry - ttl, expiry));
            }
        }
    }

    private void delete(String key, boolean together) {
        Lock lock = key.startsWith(LOCK) ? current.remove(key.substring(LOCK.length())) : null;
        if (lock != null) {
            lock.how = End.GONE;
            lock.end = NEVER;
            lastEnded.put(lock.chat, lock);
            if (together) {
                justDeleted.put(lock.chat, lock);
            }
        }
    }
}
