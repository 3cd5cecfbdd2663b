package dev.chatstream.it.readers;

import java.util.EnumSet;
import java.util.Set;

/** What a method returns that is read; the application has a guarded method of that name. */
enum Kind {
    STREAM("stream"),
    INTS("ints"),
    LONGS("longs"),
    DOUBLES("doubles"),
    ITERATOR("iterator"),
    ITERABLE("iterable"),
    /** An interface of the application's own that is an {@code Iterator} and is closed. */
    CLOSEABLE("closeable"),
    /** One that is closed and hands out a {@code Stream}. */
    ANSWER("answer"),
    BYTES("bytes"),
    READER("reader"),
    /** {@code BufferedReader}. */
    LINES("lines"),
    /** {@code HttpResponse<InputStream>}, of the JDK's client. */
    RESPONSE("response"),
    /** {@code HttpResponse<Stream<String>>}. */
    RESPONSE_OF_LINES("responseOfLines"),
    /** {@code Optional<Stream<String>>}. */
    OPTIONAL("optional"),
    /** {@code CompletableFuture<Stream<String>>}, done after the method has returned. */
    LATER("later"),
    /** {@code CompletionStage<InputStream>}, the same. */
    LATER_BYTES("laterBytes"),
    /** {@code CompletableFuture<HttpResponse<InputStream>>}, of the JDK's client. */
    SENT("sent"),
    /** A {@code Stream} that is declared as {@code Object}. */
    OBJECT("object"),
    /** A {@code Stream} that is declared as {@code <T>}. */
    GENERIC("generic");

    private static final Set<Kind> AS_BYTES = EnumSet.of(BYTES, READER, LINES, RESPONSE, LATER_BYTES, SENT);
    private static final Set<Kind> NEVER_CLOSED = EnumSet.of(ITERATOR, ITERABLE);
    private static final Set<Kind> LATER_ONES = EnumSet.of(LATER, LATER_BYTES);
    private static final Set<Kind> OF_STREAMS =
            EnumSet.of(STREAM, INTS, LONGS, DOUBLES, RESPONSE_OF_LINES, OPTIONAL, LATER, OBJECT, GENERIC);

    /** The guarded method's name. */
    final String method;

    Kind(String method) {
        this.method = method;
    }

    /** Whether there is anything to close. */
    boolean closes() {
        return !NEVER_CLOSED.contains(this);
    }

    /** Whether it comes in a future that the test completes. */
    boolean comesLater() {
        return LATER_ONES.contains(this);
    }

    /** Whether it is a {@code java.util.stream}, which is read once. */
    boolean isStream() {
        return OF_STREAMS.contains(this);
    }

    /** How its reader is told of an abort. */
    String aborted(String reason) {
        return "aborted " + reason + " by "
                + (AS_BYTES.contains(this) ? "java.io.IOException" : "dev.chatstream.ChatAbortedException");
    }
}
