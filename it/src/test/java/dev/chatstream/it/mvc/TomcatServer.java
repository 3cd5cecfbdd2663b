package dev.chatstream.it.mvc;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Tomcat with one servlet. */
public final class TomcatServer {

    private TomcatServer() {}

    /** Answers the port. */
    public static int start(Servlet servlet) throws Exception {
        String directory = Files.createTempDirectory("tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory);
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory);
        Tomcat.addServlet(context, "mvc", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/", "mvc");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }
}
