package dev.chatstream.demo.tour;

import java.net.URI;
import java.util.Optional;

/** What the tour was called with. */
sealed interface Options {

    /**
     * Play the tour.
     *
     * @param redis of the caller's own; empty: the tour starts one
     * @param stay leave the pods up after the table
     */
    record Play(Optional<URI> redis, boolean stay) implements Options {}

    record Help() implements Options {}

    /**
     * The caller cannot be understood.
     *
     * @param message what is wrong and what is allowed
     */
    record Wrong(String message) implements Options {}

    static Options parse(String... arguments) {
        Optional<URI> redis = Optional.empty();
        boolean stay = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--stay" -> stay = true;
                case "--help", "-h" -> {
                    return new Help();
                }
                case "--redis" -> {
                    i++;
                    redis = i < arguments.length ? redisUri(arguments[i]) : Optional.empty();
                    if (redis.isEmpty()) {
                        return new Wrong(
                                "--redis takes redis://[[user:]password@]host[:port][/database], or rediss:// for TLS; it was given "
                                        + (i < arguments.length ? "'" + withoutPassword(arguments[i]) + "'" : "nothing")
                                        + ".");
                    }
                }
                default -> {
                    return new Wrong("'" + arguments[i] + "' is no option; there are --redis URI, --stay and --help.");
                }
            }
        }
        return new Play(redis, stay);
    }

    private static Optional<URI> redisUri(String text) {
        try {
            URI uri = new URI(text);
            boolean fits =
                    uri.getHost() != null && ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()));
            return fits ? Optional.of(uri) : Optional.empty();
        } catch (java.net.URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    private static String withoutPassword(String uri) {
        return uri.replaceFirst("//[^/]*@", "//***@");
    }
}
