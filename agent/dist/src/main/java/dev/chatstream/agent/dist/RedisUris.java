package dev.chatstream.agent.dist;

import dev.chatstream.agent.redis.RedisStore;

/** The text of {@code redis-uri} as messages may show it. What is right in it is judged by {@link RedisStore}. */
final class RedisUris {

    private static final String HIDDEN = "***";

    private RedisUris() {}

    /** Whether one of them has a user part, which is a password even where it has no colon. */
    static boolean holdsSecret(String text) {
        for (String uri : RedisStore.split(text)) {
            if (uri.lastIndexOf('@') > uri.indexOf("://") + 3) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text without what may be secret: whatever stands before the last {@code @}, whatever a query says, and words
     * where a port should be. Also of texts that are no URI, since those are the ones that get into messages.
     */
    static String masked(String text) {
        int scheme = text.indexOf("://");
        int at = text.lastIndexOf('@');
        int end = scheme < 0 || (at >= 0 && at < scheme) ? 0 : scheme + 3;
        String shown =
                at >= 0 ? text.substring(0, end) + HIDDEN + text.substring(at) : withoutWordsAfterColon(text, end);
        int query = shown.indexOf('?');
        return query < 0 ? shown : shown.substring(0, query + 1) + HIDDEN;
    }

    /** Where the host was forgotten, what looks like its port is a password. */
    private static String withoutWordsAfterColon(String text, int from) {
        for (int colon = text.indexOf(':', from); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            boolean port = colon + 1 < text.length() && Character.isDigit(text.charAt(colon + 1));
            if (!port && !text.startsWith("://", colon)) {
                return text.substring(0, colon + 1) + HIDDEN;
            }
        }
        return text;
    }
}
