package dev.chatstream.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on, and that no outgoing connection is given: Linux takes those from 32768 up, macOS from
 * 49152. Else somebody's connection may sit on the port of a server that is killed and started again, and a client that
 * tries to reach it meanwhile may be given this very port as its own, and talk to itself.
 */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int BEHIND = 32_000;
    private static final int MOST_TRIES = 1_000;

    private Ports() {}

    public static int free() {
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port below " + BEHIND);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
