package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.Locale;

/** Errors that the server answers with: what they are, and what to do about them. */
final class Refusal {

    private static final int LONGEST = 200;

    private Refusal() {}

    /** A failure to hand on; which key or everybody is concerned is seen from the error's first word. */
    static Failure failure(String server, String error) {
        // Redis 6.2 wraps the errors of a script: the code then stands inside the text
        if (error.contains("WRONGTYPE")) {
            return new Failure(
                    Failure.Kind.KEY,
                    "Redis at " + server
                            + " keeps something else than ChatStream's under a key of this chat (WRONGTYPE);"
                            + " delete that key, or set key-namespace");
        }
        return new Failure(
                Failure.Kind.REFUSED, "Redis at " + server + " answered \"" + cut(error) + "\"" + remedy(error));
    }

    static boolean is(String error, String code) {
        return error.startsWith(code);
    }

    /** Whether the server says, directly or out of a script, that it is a replica. */
    static boolean isReadOnly(String error) {
        return error.startsWith("READONLY") || error.contains("READONLY You can't write");
    }

    /** The next step, behind a semicolon; empty where nothing can be said. */
    static String remedy(String error) {
        String known = error.toUpperCase(Locale.ROOT);
        if (known.contains("OOM ")) {
            return "; its memory is full: raise maxmemory";
        }
        if (known.contains("NOPERM") || known.contains("NO PERMISSION") || known.contains("CAN'T RUN THIS COMMAND")) {
            return "; give its user the rights that ChatStream's documentation of Redis lists";
        }
        if (isReadOnly(error)) {
            return "; it is a replica: name the primary in redis-uri, or use redis-sentinel://";
        }
        if (known.startsWith("LOADING")) {
            return "; it still loads its data";
        }
        if (known.startsWith("WRONGPASS") || known.contains("INVALID PASSWORD")) {
            return "; check redis-username, redis-password or redis-password-file, or what redis-uri says of them";
        }
        if (known.startsWith("NOAUTH")) {
            return "; it asks for a password: set redis-password-file or redis-password";
        }
        if (known.startsWith("DENIED")) {
            return "; it is in protected mode: give it a password, or bind it to an address of its own";
        }
        if (known.contains("UNKNOWN COMMAND")) {
            return "; ChatStream needs Redis 6.2 or Valkey 7.2, or later";
        }
        if (known.contains("SELECT IS NOT ALLOWED")) {
            return "; a Cluster has only database 0: take the database out of redis-uri";
        }
        if (known.contains("DB INDEX")) {
            return "; check the database at the end of redis-uri";
        }
        if (known.startsWith("MISCONF")) {
            return "; it cannot write its snapshot to disk: see its own log";
        }
        if (known.startsWith("CLUSTERDOWN")) {
            return "; some of the cluster's slots have no primary";
        }
        return "";
    }

    private static String cut(String error) {
        String line = error.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
