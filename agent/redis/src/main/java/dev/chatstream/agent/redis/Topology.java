package dev.chatstream.agent.redis;

import dev.chatstream.agent.redis.Seeds.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which primary serves which slots of a Cluster, as CLUSTER SLOTS says. */
record Topology(List<Range> ranges) {

    record Range(int first, int last, Node primary) {}

    Set<Node> primaries() {
        Set<Node> nodes = new LinkedHashSet<>();
        ranges.forEach(range -> nodes.add(range.primary));
        return nodes;
    }

    /**
     * Reads the answer.
     *
     * @param asked whose answer it is: a node that does not know its own name leaves it empty
     * @throws Trouble where it is none
     */
    static Topology read(@Nullable Object answer, Node asked) throws Trouble {
        try {
            List<Range> ranges = new ArrayList<>();
            for (Object each : list(answer)) {
                List<?> entry = list(each);
                List<?> primary = list(entry.get(2));
                Node node = node(primary.get(0), number(primary.get(1)), asked);
                ranges.add(new Range(number(entry.get(0)), number(entry.get(1)), node));
            }
            return new Topology(ranges);
        } catch (ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
            throw new Trouble(asked + ": its answer to CLUSTER SLOTS makes no sense");
        }
    }

    /** A node as a redirection names it: {@code host:port}, with the host left out where it is the one that was asked. */
    static @Nullable Node named(String text, Node asked) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return null;
        }
        String host = text.substring(0, colon);
        return new Node(
                host.isEmpty() || host.equals("?") ? asked.host() : host, Integer.parseInt(text.substring(colon + 1)));
    }

    private static Node node(@Nullable Object host, int port, Node asked) {
        String name = host == null ? "" : Keys.text((byte[]) host);
        return new Node(name.isEmpty() || name.equals("?") ? asked.host() : name, port);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private static int number(@Nullable Object value) {
        return Math.toIntExact((Long) Objects.requireNonNull(value));
    }
}
