package dev.chatstream.it.apps;

import dev.chatstream.it.apps.Source.Run;
import dev.chatstream.it.apps.Source.Tap;
import dev.chatstream.it.apps.Wire.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sources behind HTTP: plain lines, and the wire formats of OpenAI's chat completions and of Anthropic's messages. What is
 * sent names the call, {@link #question}. A source that fails breaks its connection. It reads while it speaks, so that it sees
 * at once when a client closes.
 */
public final class HttpSource {

    private static final Pattern QUESTION = Pattern.compile("call:([\\w-]+)");

    private HttpSource() {}

    /** The address of a server that runs from now on. */
    public static String start() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().name("http-source").start(() -> accept(server));
            return "http://127.0.0.1:" + server.getLocalPort();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** The message by which the source of a call is known. */
    public static String question(Call call) {
        return "call:" + call.getName();
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().name("http-source-connection").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** Reads one request after the other: what comes while it speaks is the end of the connection. */
    private static void serve(Socket socket) {
        Run last = Source.of("nobody").run();
        try (socket) {
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
            for (Request request = wire.read(); request != null; request = wire.read()) {
                last = begin(request, wire, socket);
            }
        } catch (IOException reset) {
            // as closed
        } finally {
            last.letGo();
        }
    }

    private static Run begin(Request request, Wire wire, Socket socket) throws IOException {
        Matcher question = QUESTION.matcher(request.body());
        if (!question.find()) {
            throw new IOException("not a question: " + request);
        }
        Run run = Source.of(question.group(1)).run();
        Format format = Format.of(request.line());
        wire.begin(format.type);
        run.begin(Tap.of(
                token -> send(() -> wire.send(format.token(token))),
                failure -> send(socket::close),
                () -> send(() -> {
                    if (!format.last.isEmpty()) {
                        wire.send(format.last);
                    }
                    wire.end();
                })));
        return run;
    }

    private interface Sending {
        void run() throws IOException;
    }

    /** A client that has just closed is found by whoever reads from it. */
    private static void send(Sending sending) {
        try {
            sending.run();
        } catch (IOException closed) {
            Desk.say("unsent", "-", closed);
        }
    }

    private enum Format {
        LINES("text/plain", "") {
            @Override
            String token(String text) {
                return text + "\n";
            }
        },
        OPENAI("text/event-stream", "data: " + Completion.LAST_CHUNK + "\n\ndata: [DONE]\n\n") {
            @Override
            String token(String text) {
                return "data: " + Completion.chunk(text) + "\n\n";
            }
        },
        ANTHROPIC("text/event-stream", "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n") {
            @Override
            String token(String text) {
                return """
                        event: content_block_delta
                        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

                        """.formatted(text);
            }
        };

        final String type;
        final String last;

        Format(String type, String last) {
            this.type = type;
            this.last = last;
        }

        abstract String token(String text);

        static Format of(String line) {
            if (line.contains("/chat/completions")) {
                return OPENAI;
            }
            return line.contains("/messages") ? ANTHROPIC : LINES;
        }
    }
}
