package dev.chatstream.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLServerSocket;

/** A port that speaks TLS to clients with a certificate, and hands on what they say to a plain port. */
public final class TlsFront implements AutoCloseable {

    private final SSLServerSocket socket;
    private final int plain;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** @param client whose certificate clients have to show */
    public TlsFront(Identity server, Identity client, int plain) throws Exception {
        this.socket = (SSLServerSocket) server.context(client)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.socket.setNeedClientAuth(true);
        this.plain = plain;
        Thread.ofPlatform().daemon().name("tls-front").start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), plain);
                open.add(client);
                open.add(server);
                Thread.ofPlatform().daemon().start(() -> handOn(client, server));
                Thread.ofPlatform().daemon().start(() -> handOn(server, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void handOn(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // one side left, and so does the other
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
