package dev.chatstream.it.jetty;

import jakarta.servlet.Servlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/** Jetty with one servlet. */
public final class JettyServer {

    private JettyServer() {}

    /** Answers the port. */
    public static int start(Servlet servlet) throws Exception {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(holder, "/");
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(context);
        server.start();
        return ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
    }
}
