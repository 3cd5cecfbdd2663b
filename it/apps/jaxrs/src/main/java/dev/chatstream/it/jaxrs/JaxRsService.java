package dev.chatstream.it.jaxrs;

import jakarta.ws.rs.core.Application;
import java.nio.file.Files;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Serves each application under its name. The arguments are the class of the runtime's servlet and the port. */
public final class JaxRsService {

    private static final List<Class<? extends Application>> APPLICATIONS = List.of(
            Own.OfNothing.class,
            Own.OfBusy.class,
            Own.OfIllegalState.class,
            Own.OfRuntime.class,
            Own.OfAny.class,
            Own.OfAll.class);

    private JaxRsService() {}

    public static void main(String[] arguments) throws Exception {
        String directory = Files.createTempDirectory("tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory);
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(Integer.parseInt(arguments[1]));
        Context context = tomcat.addContext("", directory);
        for (Class<?> application : APPLICATIONS) {
            String name = application.getSimpleName();
            Wrapper servlet = Tomcat.addServlet(context, name, arguments[0]);
            servlet.setAsyncSupported(true);
            servlet.addInitParameter("jakarta.ws.rs.Application", application.getName());
            servlet.addInitParameter("resteasy.servlet.mapping.prefix", "/" + name);
            context.addServletMappingDecoded("/" + name + "/*", name);
        }
        tomcat.getConnector();
        tomcat.start();
    }
}
