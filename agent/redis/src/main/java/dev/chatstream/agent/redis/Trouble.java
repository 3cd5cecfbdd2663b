package dev.chatstream.agent.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there is no connection, in one line for people, with the next step. Holds no secret and has no stack. */
final class Trouble extends Exception {

    private static final long serialVersionUID = 1;
    private static final int DEEPEST = 10;
    private static final Pattern ENDS =
            Pattern.compile("closed prematurely|Connection reset|Broken pipe|not registered");

    Trouble(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }

    /** What went wrong with a connection to this node. */
    static Trouble of(Throwable thrown, Seeds.Node node, boolean tls) {
        return new Trouble(node + ": " + explain(thrown, node, tls));
    }

    /** What ended a connection that had worked. */
    static String inShort(Throwable thrown) {
        Throwable deepest = thrown;
        for (int i = 0; i < DEEPEST && deepest.getCause() != null; i++) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : firstLine(message);
    }

    private static String explain(Throwable thrown, Seeds.Node node, boolean tls) {
        Throwable cause = thrown;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            String known = known(cause, node, tls);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return inShort(thrown);
    }

    private static @Nullable String known(Throwable cause, Seeds.Node node, boolean tls) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof Trouble trouble) {
            return trouble.why();
        }
        if (cause instanceof UnknownHostException) {
            return "the name " + node.host() + " cannot be resolved; check redis-uri and DNS";
        }
        if (cause instanceof ConnectTimeoutException) {
            return "no answer to the attempt to connect; check host and port in redis-uri, and firewalls";
        }
        if (cause instanceof ConnectException) {
            return "the connection is refused; check host and port in redis-uri, and that Redis runs";
        }
        if (cause instanceof NoRouteToHostException) {
            return "there is no way to this host; check redis-uri and the network";
        }
        if (cause instanceof RedisCommandExecutionException) {
            return "it answered \"" + firstLine(message) + "\"" + Refusal.remedy(message);
        }
        if (cause instanceof NotSslRecordException) {
            return "it does not speak TLS; write redis:// for a plain port, or name the TLS port";
        }
        if (cause instanceof SSLException) {
            return tls(inShort(cause));
        }
        if (cause instanceof RedisProtocolException || message.startsWith("Invalid first byte")) {
            return "what answers is not Redis" + otherScheme(tls);
        }
        if (cause instanceof RedisCommandTimeoutException || cause instanceof TimeoutException) {
            return "it accepts connections and does not answer; is it Redis, and not overloaded?" + otherScheme(tls);
        }
        if (ENDS.matcher(message).find() || cause instanceof ClosedChannelException) {
            return "it closes the connection without an answer" + otherScheme(tls);
        }
        return cause instanceof IOException && cause.getCause() == null ? firstLine(message) : null;
    }

    private static String otherScheme(boolean tls) {
        return tls ? "; if its port is a plain one, write redis://" : "; if its port speaks TLS, write rediss://";
    }

    private static String tls(String message) {
        String known = message.toLowerCase(Locale.ROOT);
        String remedy = "";
        if (known.contains("certificate_required") || known.contains("bad_certificate")) {
            remedy = "; it asks for a client certificate: set redis-cert-file and redis-key-file";
        } else if (known.contains("unable to find valid certification path") || known.contains("certpath")) {
            remedy = "; its certificate is not signed by a CA that is trusted here: set redis-ca-file";
        } else if (known.contains("subject alternative") || known.contains("no name matching")) {
            remedy = "; its certificate is made out to another name: write that name in redis-uri,"
                    + " or add ?verifyPeer=CA to it";
        } else if (known.contains("not an ssl/tls record") || known.contains("record overflow")) {
            remedy = "; it does not speak TLS: write redis:// for a plain port";
        }
        return "TLS failed (" + message + ")" + remedy;
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
