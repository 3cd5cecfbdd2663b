package dev.chatstream.it.undertow;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;

/** Undertow with one servlet. */
public final class UndertowServer {

    private UndertowServer() {}

    /** Answers the port. */
    public static int start(Servlet servlet) throws Exception {
        ServletInfo info = new ServletInfo("servlet", servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                .addMapping("/")
                .setAsyncSupported(true);
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("chats")
                .addServlet(info);
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(manager.start())
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }
}
