package dev.chatstream.agent.dist;

import java.util.Locale;

/** Finds the known key that an unknown one was probably meant to be. */
final class NearestKey {

    private static final int LONGEST = 100;

    private NearestKey() {}

    static String to(String unknown) {
        String meant = normal(unknown);
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (Setting<?> setting : SettingsTable.ALL) {
            int distance = distance(meant, setting.key());
            if (distance < least) {
                least = distance;
                nearest = setting.key();
            }
        }
        return nearest;
    }

    /** lockTtl, LOCK_TTL and chatstream.lock.ttl are all nearest to lock-ttl. */
    private static String normal(String key) {
        String bare = key.startsWith(Source.PROPERTY_PREFIX) ? key.substring(Source.PROPERTY_PREFIX.length()) : key;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bare.length(), LONGEST); i++) {
            char c = bare.charAt(i);
            if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(bare.charAt(i - 1))) {
                text.append('-');
            }
            text.append(c == '_' || c == '.' ? '-' : c);
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /** Edits from one text to the other: one character added, left out, replaced, or swapped with its neighbour. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && swapped(from, i, to, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[to.length()];
    }

    private static boolean swapped(String from, int i, String to, int j) {
        return from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
