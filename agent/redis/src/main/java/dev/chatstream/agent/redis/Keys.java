package dev.chatstream.agent.redis;

import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of keys. The first two are those of the original Node.js service; whatever else is kept begins with {@code
 * chatstream:}.
 *
 * <p>Lock and record of a chat lie in one slot of a Cluster, whatever braces the chat's id holds: see {@link #record}.
 */
final class Keys {

    private static final String LOCK = "copilot:chat-stream-lock:";
    private static final String RECORD = "chatstream:holder:";
    private static final String MARKER = "mothership_stream:";
    private static final String MARKER_END = ":abort";

    private final String lockPrefix;
    private final String recordPrefix;
    private final String markerPrefix;

    /** @param namespace stands literally before every key; may be empty, and holds no brace */
    Keys(String namespace) {
        this.lockPrefix = namespace + LOCK;
        this.recordPrefix = namespace + RECORD;
        this.markerPrefix = namespace + MARKER;
    }

    byte[] lock(String chatId) {
        return bytes(lockPrefix + chatId);
    }

    /**
     * The record's key. No closing brace in the lock's key: that key as a whole becomes the hash tag. A hash tag in it:
     * it stays the first one. Anything else, such as {@code a}b} or {@code {}x}, is hashed as a whole, which no tag can
     * hold: a short tag of the same slot is put in front.
     */
    byte[] record(String chatId) {
        String lock = lockPrefix + chatId;
        if (chatId.indexOf('}') < 0) {
            return bytes(recordPrefix + '{' + lock + '}');
        }
        int open = lock.indexOf('{');
        int close = open < 0 ? -1 : lock.indexOf('}', open + 1);
        if (close > open + 1) {
            return bytes(recordPrefix + lock);
        }
        return bytes(recordPrefix + '{' + Tags.of(slot(bytes(lock))) + '}' + lock);
    }

    byte[] marker(String streamId) {
        return bytes(markerPrefix + streamId + MARKER_END);
    }

    /** The slot in which a key lies, of the 16,384 of a Cluster. */
    static int slot(byte[] key) {
        return SlotHash.getSlot(key);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * For each slot the first of 0, 1, 2 … in base 36 that lies in it: all agents must find the same. Made at the first
     * hostile id, in some milliseconds.
     */
    private static final class Tags {
        private static final String[] BY_SLOT = search();

        static String of(int slot) {
            return BY_SLOT[slot];
        }

        private static String[] search() {
            Map<Integer, String> found = HashMap.newHashMap(SlotHash.SLOT_COUNT);
            for (int i = 0; found.size() < SlotHash.SLOT_COUNT; i++) {
                String tag = Integer.toString(i, Character.MAX_RADIX);
                found.putIfAbsent(slot(bytes(tag)), tag);
            }
            String[] bySlot = new String[SlotHash.SLOT_COUNT];
            Arrays.setAll(bySlot, found::get);
            return bySlot;
        }
    }
}
