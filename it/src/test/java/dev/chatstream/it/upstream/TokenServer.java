package dev.chatstream.it.upstream;

import dev.chatstream.it.apps.Completion;
import dev.chatstream.it.apps.Wire;
import dev.chatstream.it.apps.Wire.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that speaks the wire format of OpenAI's chat completions, a token each 50 ms, and counts for each answer what
 * it has said. It knows the call by the user's message, {@code answer <call> tokens <n>}, after which {@code pause <n>}
 * lets it fall silent after so many. It reads while it speaks, so that it sees at once when a client closes.
 */
final class TokenServer implements AutoCloseable {

    static final Duration PACE = Duration.ofMillis(50);

    private static final Pattern PROMPT = Pattern.compile("answer (\\S+) tokens (\\d+)(?: pause (\\d+))?");
    private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Speech> speeches = new ConcurrentHashMap<>();

    private TokenServer(ServerSocket server) {
        this.server = server;
    }

    static TokenServer start() {
        try {
            TokenServer model = new TokenServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("model").start(model::accept);
            return model;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** The answer to this call, also before it has begun. */
    Speech to(String call) {
        return speeches.computeIfAbsent(call, Speech::new);
    }

    int openConnections() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().name("model-connection").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** Reads one request after the other: what comes while it speaks is the end of the connection. */
    private void serve(Socket socket) {
        Speech last = new Speech("none");
        open.add(socket);
        try (socket) {
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
            for (Request request = wire.read(); request != null; request = wire.read()) {
                last = begin(request, wire);
            }
        } catch (IOException reset) {
            // as closed
        } finally {
            last.clientClosed();
            open.remove(socket);
        }
    }

    private Speech begin(Request request, Wire wire) throws IOException {
        Matcher prompt = PROMPT.matcher(request.body());
        if (!request.line().startsWith("POST /v1/chat/completions ") || !prompt.find()) {
            wire.answer(404, "text/plain", "no such thing here: " + request);
            return new Speech("none");
        }
        Speech speech = to(prompt.group(1));
        if (prompt.group(3) != null) {
            speech.pauseAfter(Integer.parseInt(prompt.group(3)));
        }
        int tokens = Integer.parseInt(prompt.group(2));
        boolean streams = STREAM.matcher(request.body()).find();
        Thread.ofVirtual().name("model-speaks").start(() -> {
            try {
                if (streams) {
                    speak(wire, speech, tokens);
                } else {
                    think(wire, speech, tokens);
                }
            } catch (IOException reset) {
                speech.clientClosed();
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            } finally {
                speech.end();
            }
        });
        return speech;
    }

    private static void speak(Wire wire, Speech speech, int tokens) throws IOException, InterruptedException {
        wire.beginEvents();
        for (int i = 1; i <= tokens; i++) {
            if (!speech.mayPass(PACE.toNanos())) {
                return;
            }
            wire.event(Completion.chunk("t" + i + " "));
            speech.tokenSaid();
        }
        wire.event(Completion.LAST_CHUNK);
        wire.event("[DONE]");
        wire.end();
    }

    /** Says all at once, when all of it has been thought of. */
    private static void think(Wire wire, Speech speech, int tokens) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= tokens; i++) {
            if (!speech.mayPass(PACE.toNanos())) {
                return;
            }
            text.append("t").append(i).append(' ');
            speech.tokenSaid();
        }
        wire.answer(200, "application/json", Completion.whole(text.toString(), tokens));
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
