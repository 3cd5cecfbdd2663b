package dev.chatstream.agent.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is to be found, as {@code redis-uri} says: addresses of one kind. Whether they are those of a Cluster is
 * learned from the server.
 *
 * @param masterName the name that Sentinels know the primary by; null: the addresses are Redis itself
 * @param ignored parameters in the address that mean nothing here, for the log
 */
record Seeds(
        List<Node> nodes,
        @Nullable String masterName,
        boolean tls,
        Verify verify,
        Optional<String> username,
        Optional<String> password,
        int database,
        List<String> ignored) {

    static final String ALLOWED = "redis://, rediss://, redis-sentinel:// or rediss-sentinel://,"
            + " then [user:password@]host[:port][,host[:port]…][/database], and #name of the primary for Sentinels";

    private static final List<String> SCHEMES = List.of("redis", "rediss", "redis-sentinel", "rediss-sentinel");
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** Made only where there is a comma: premain reads addresses, and regular expressions take it milliseconds. */
    private static final class NextAddress {
        static final Pattern COMMA = Pattern.compile("\\s*,\\s*(?=[A-Za-z][A-Za-z0-9+.-]*://)");
    }

    /** How far a server's certificate is checked. */
    enum Verify {
        FULL,
        CA,
        NONE
    }

    /** A host and its port; a lane's name on a Cluster. */
    record Node(String host, int port) {
        @Override
        public String toString() {
            return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
        }
    }

    /** What is wrong with an address; never holds the address itself, which may hold a password. */
    static final class Mistake extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Mistake(String what) {
            super(what);
        }
    }

    @Override
    public String toString() {
        return (masterName == null ? "" : "Sentinels of " + masterName + ": ") + nodes;
    }

    /** A comma that no scheme follows belongs to the address. */
    static List<String> split(String addresses) {
        String stripped = addresses.strip();
        return stripped.indexOf(',') < 0 ? List.of(stripped) : List.of(NextAddress.COMMA.split(stripped));
    }

    static Seeds of(List<String> addresses) {
        if (addresses.isEmpty()) {
            throw new Mistake("no address");
        }
        Seeds first = of(addresses.get(0));
        List<Node> nodes = new ArrayList<>(first.nodes);
        Optional<String> username = first.username;
        Optional<String> password = first.password;
        for (String address : addresses.subList(1, addresses.size())) {
            Seeds each = of(address);
            if (!Objects.equals(each.masterName, first.masterName) || each.tls != first.tls) {
                throw new Mistake("addresses of different kinds: all need the same scheme and the same #name");
            }
            nodes.addAll(each.nodes);
            username = username.isPresent() ? username : each.username;
            password = password.isPresent() ? password : each.password;
        }
        return new Seeds(
                nodes, first.masterName, first.tls, first.verify, username, password, first.database, first.ignored);
    }

    private static Seeds of(String address) {
        int schemeEnd = address.indexOf("://");
        String scheme = schemeEnd < 0 ? "" : address.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw new Mistake("its scheme is unknown");
        }
        boolean tls = scheme.startsWith("rediss");
        boolean sentinel = scheme.endsWith("-sentinel");
        String rest = address.substring(schemeEnd + 3);
        int hash = rest.indexOf('#', Math.max(0, rest.lastIndexOf('@')));
        String fragment = hash < 0 ? "" : decoded(rest.substring(hash + 1));
        rest = hash < 0 ? rest : rest.substring(0, hash);
        int at = rest.lastIndexOf('@');
        String login = at < 0 ? "" : rest.substring(0, at);
        rest = rest.substring(at + 1);
        int question = rest.indexOf('?');
        Parameters parameters = Parameters.of(question < 0 ? "" : rest.substring(question + 1));
        rest = question < 0 ? rest : rest.substring(0, question);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        String hosts = slash < 0 ? rest : rest.substring(0, slash);
        String master = fragment.isEmpty() ? parameters.masterName() : fragment;
        if (sentinel && master.isEmpty()) {
            throw new Mistake("the name of the primary is missing: write #name at its end");
        }
        int colon = login.indexOf(':');
        String user = colon < 0 ? "" : login.substring(0, colon);
        String password = login.substring(colon + 1);
        return new Seeds(
                hosts(hosts, sentinel ? SENTINEL_PORT : REDIS_PORT),
                sentinel ? master : null,
                tls,
                parameters.verify(),
                user.isEmpty() ? Optional.empty() : Optional.of(decoded(user)),
                password.isEmpty() ? Optional.empty() : Optional.of(decoded(password)),
                path.isEmpty() ? parameters.database() : Parameters.database(path),
                parameters.ignored());
    }

    private static List<Node> hosts(String hosts, int defaultPort) {
        List<Node> nodes = new ArrayList<>();
        for (String each : hosts.split(",", -1)) {
            nodes.add(node(each.strip(), defaultPort));
        }
        return nodes;
    }

    private static Node node(String text, int defaultPort) {
        boolean bracketed = text.startsWith("[");
        int hostEnd = bracketed ? text.indexOf(']') + 1 : text.indexOf(':');
        String host = hostEnd <= 0 ? (text.startsWith(":") ? "" : text) : text.substring(0, hostEnd);
        String port = text.substring(host.length());
        if (bracketed) {
            host = host.replaceAll("[\\[\\]]", "");
        }
        if (!isHost(host)) {
            throw new Mistake("a host is missing, or no host name: in a password, / is to be written as %2F and so on,"
                    + " or use redis-password-file");
        }
        if (port.isEmpty()) {
            return new Node(host, defaultPort);
        }
        if (!port.startsWith(":") || !isNumber(port.substring(1), 5)) {
            throw new Mistake("the port of " + host + " is no number");
        }
        int number = Integer.parseInt(port.substring(1));
        if (number < 1 || number > 65535) {
            throw new Mistake("the port of " + host + " is not in 1 – 65535");
        }
        return new Node(host, number);
    }

    private static boolean isHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "_.:%-".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isNumber(String text, int mostDigits) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= mostDigits;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Mistake("a % in it is not followed by two hexadecimal digits");
        }
    }

    /** What stands after the question mark. */
    private record Parameters(String masterName, Verify verify, int database, List<String> ignored) {

        static Parameters of(String query) {
            String master = "";
            Verify verify = Verify.FULL;
            int database = 0;
            List<String> ignored = new ArrayList<>();
            for (String each : query.split("&", -1)) {
                int equals = each.indexOf('=');
                String name = equals < 0 ? each : each.substring(0, equals);
                String value = equals < 0 ? "" : decoded(each.substring(equals + 1));
                switch (name) {
                    case "" -> {}
                    case "sentinelMasterId" -> master = value;
                    case "verifyPeer" -> verify = verify(value);
                    case "database", "db" -> database = database(value);
                    default -> ignored.add(name);
                }
            }
            return new Parameters(master, verify, database, ignored);
        }

        static int database(String text) {
            if (!isNumber(text, 6)) {
                throw new Mistake("the database in it is no number");
            }
            return Integer.parseInt(text);
        }

        private static Verify verify(String text) {
            return switch (text.toUpperCase(Locale.ROOT)) {
                case "FULL", "TRUE" -> Verify.FULL;
                case "CA" -> Verify.CA;
                case "NONE", "FALSE" -> Verify.NONE;
                default -> throw new Mistake("verifyPeer is none of FULL, CA, NONE");
            };
        }
    }
}
