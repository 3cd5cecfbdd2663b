package dev.chatstream.agent.dist;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the text of {@code redis-uri} by its syntax alone, so that a mistake is said at start, and hides its secrets.
 *
 * <p>Several URIs are separated by commas; a comma that no scheme follows belongs to the URI, as between Sentinels.
 */
final class RedisUris {

    static final String BRIEF = "URIs, separated by commas";

    static final String ALLOWED = "redis://[user:password@]host[:port][/database], rediss:// for TLS, or"
            + " redis-sentinel://host[:port][,host...][/database]#name-of-the-master, rediss-sentinel:// for TLS;"
            + " several, each with its scheme, separated by commas; special characters of a password as %XX";

    private static final String HIDDEN = "***";
    private static final List<String> PLAIN = List.of("redis", "rediss");
    private static final List<String> SENTINEL = List.of("redis-sentinel", "rediss-sentinel");

    private RedisUris() {}

    /** The URIs in their order; empty where one of them cannot be right. */
    static Optional<List<String>> parse(String text) {
        List<String> uris = split(text);
        for (String uri : uris) {
            if (!isWellFormed(uri)) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(uris));
    }

    private static List<String> split(String text) {
        List<String> uris = new ArrayList<>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
            if (startsWithScheme(text, comma + 1)) {
                uris.add(text.substring(from, comma));
                from = comma + 1;
            }
        }
        uris.add(text.substring(from));
        return uris;
    }

    private static boolean startsWithScheme(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return at > from && text.startsWith("://", at);
    }

    private static boolean isWellFormed(String text) {
        try {
            URI uri = new URI(text);
            String authority = uri.getRawAuthority();
            if (uri.getScheme() == null || authority == null) {
                return false;
            }
            String hosts = authority.substring(authority.lastIndexOf('@') + 1);
            String fragment = uri.getRawFragment();
            // an @ further behind: the password holds a / ? or #, and what looks like the host is its beginning
            boolean whole = text.lastIndexOf('@') <= text.indexOf("://") + 3 + authority.length() && isDatabase(uri);
            if (SENTINEL.contains(uri.getScheme())) {
                return whole && areHosts(hosts) && fragment != null && !fragment.isEmpty();
            }
            return PLAIN.contains(uri.getScheme()) && whole && isHost(hosts) && fragment == null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    private static boolean areHosts(String hosts) {
        for (String host : hosts.split(",", -1)) {
            if (!isHost(host)) {
                return false;
            }
        }
        return true;
    }

    /** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
    private static boolean isHost(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        return !host.isEmpty() && host.indexOf(',') < 0 && (colon < 0 || isPort(text.substring(colon + 1)));
    }

    private static boolean isPort(String text) {
        return new Form.Count(1, 65_535).read(text).isPresent();
    }

    private static boolean isDatabase(URI uri) {
        String path = uri.getRawPath();
        return path == null
                || path.length() <= 1
                || new Form.Count(0, Integer.MAX_VALUE).read(path.substring(1)).isPresent();
    }

    /** Whether one of them has a user part, which is a password even where it has no colon. */
    static boolean holdsSecret(String text) {
        for (String uri : split(text)) {
            int start = uri.indexOf("://") + 3;
            int at = uri.lastIndexOf('@');
            if (at > start) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text without what may be secret: whatever stands before the last {@code @}, whatever a query says. Also of
     * texts that are no URI, since those are the ones that get into messages.
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
