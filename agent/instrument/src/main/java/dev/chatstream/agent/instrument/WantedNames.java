package dev.chatstream.agent.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names to look for among the constants of a class file: by length first, which most do not share. */
final class WantedNames {

    private static final int LONGEST = 63;

    private final byte[][][] byLength = new byte[LONGEST + 1][][];
    private boolean hasLonger;

    void add(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            hasLonger = true;
            return;
        }
        byte[][] before = byLength[bytes.length];
        byte[][] after = before == null ? new byte[1][] : Arrays.copyOf(before, before.length + 1);
        after[after.length - 1] = bytes;
        byLength[bytes.length] = after;
    }

    /** Whether a constant is one of them, or is too long to tell. */
    boolean has(byte[] file, int at, int length) {
        if (length > LONGEST) {
            return hasLonger;
        }
        byte[][] names = byLength[length];
        for (int i = 0; names != null && i < names.length; i++) {
            if (is(names[i], file, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(byte[] name, byte[] file, int at) {
        for (int i = name.length - 1; i >= 0; i--) {
            if (file[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
