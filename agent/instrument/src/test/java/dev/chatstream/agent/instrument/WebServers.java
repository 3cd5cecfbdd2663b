package dev.chatstream.agent.instrument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Web frameworks in miniature: what of them writes unhandled exceptions to a log has the names and types of the real ones. */
final class WebServers {

    static final String TOMCAT = "org.apache.catalina.core.StandardWrapperValve";
    static final String TOMCAT_ASYNC = "org.apache.catalina.core.ApplicationDispatcher";
    static final String JETTY_EE11 = "org.eclipse.jetty.ee11.servlet.ServletChannel";
    static final String JETTY_EE10 = "org.eclipse.jetty.ee10.servlet.ServletChannel";
    static final String JETTY_EE9 = "org.eclipse.jetty.ee9.nested.HttpChannel";
    static final String JETTY_EE8 = "org.eclipse.jetty.ee8.nested.HttpChannel";
    static final String UNDERTOW = "io.undertow.servlet.api.LoggingExceptionHandler";
    static final String SPRING_MVC = "org.springframework.web.servlet.mvc.annotation.ResponseStatusExceptionResolver";
    static final String SPRING_WEBFLUX = "org.springframework.web.server.adapter.HttpWebHandlerAdapter";
    static final String BOOT_WEBFLUX =
            "org.springframework.boot.webflux.autoconfigure.error.AbstractErrorWebExceptionHandler";
    static final String BOOT_3_WEBFLUX =
            "org.springframework.boot.autoconfigure.web.reactive.error.AbstractErrorWebExceptionHandler";
    static final String REACTOR_NETTY = "reactor.netty.http.server.HttpServerOperations";
    static final String RESTEASY_REACTIVE =
            "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler$AbstractMultiSubscriber";

    static final List<String> ALL = List.of(
            TOMCAT,
            TOMCAT_ASYNC,
            JETTY_EE11,
            JETTY_EE10,
            JETTY_EE9,
            JETTY_EE8,
            UNDERTOW,
            SPRING_MVC,
            SPRING_WEBFLUX,
            BOOT_WEBFLUX,
            BOOT_3_WEBFLUX,
            REACTOR_NETTY,
            RESTEASY_REACTIVE);

    private static final String BOOT = """
            import org.springframework.web.reactive.function.server.*;
            public class AbstractErrorWebExceptionHandler extends log.Framework {
                public void meet(Throwable thrown) { logError(null, null, thrown); }
                protected void logError(ServerRequest request, ServerResponse response, Throwable thrown) {
                    log.error("500", thrown);
                    hasCutOff = true;
                }
            }
            """;

    private static final String JETTY = """
            public class Channel extends log.Framework {
                public void meet(Throwable thrown) { handleException(thrown); }
                protected void handleException(Throwable thrown) {
                    lines.warn("/path", thrown);
                    hasCutOff = true;
                }
            }
            """;

    /** Types that only signatures name. */
    private static final List<String> NAMED = List.of(
            "org.apache.catalina.connector.Request",
            "org.apache.catalina.connector.Response",
            "io.undertow.server.HttpServerExchange",
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse",
            "jakarta.servlet.http.HttpServletRequest",
            "jakarta.servlet.http.HttpServletResponse",
            "org.springframework.web.servlet.ModelAndView",
            "org.springframework.web.server.ServerWebExchange",
            "org.springframework.http.server.reactive.observation.ServerRequestObservationContext",
            "org.springframework.web.reactive.function.server.ServerRequest",
            "org.springframework.web.reactive.function.server.ServerResponse",
            "reactor.core.publisher.Mono",
            "org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext");

    /** A logger is an interface here and a class there. */
    private static final Map<String, String> SOURCES = Map.of(
            "log.Log",
            """
            public interface Log {
                void error(Object line);
                void error(Object line, Throwable thrown);
                void exceptionHandlingRequest(Throwable thrown, String path);
            }
            """,
            "log.Lines",
            """
            public class Lines implements Log {
                public String last;
                public void error(Object line) { last = String.valueOf(line); }
                public void error(Object line, Throwable thrown) { last = line + " " + thrown; }
                public void exceptionHandlingRequest(Throwable thrown, String path) { last = path + " " + thrown; }
                public final void warn(Object line, Throwable thrown) { last = line + " " + thrown; }
            }
            """,
            "log.Framework",
            """
            public abstract class Framework {
                public final Lines lines = new Lines();
                public final Log log = lines;
                public boolean hasCutOff;
                public abstract void meet(Throwable unhandled) throws Throwable;
            }
            """,
            TOMCAT,
            """
            import org.apache.catalina.connector.*;
            public class StandardWrapperValve extends log.Framework {
                private Throwable unhandled;
                public void meet(Throwable thrown) { unhandled = thrown; invoke(null, null); }
                public void invoke(Request request, Response response) {
                    long begun = System.nanoTime();
                    try {
                        throw unhandled;
                    } catch (IllegalStateException known) {
                        log.error("known", known);
                    } catch (Throwable any) {
                        log.error("unhandled", any);
                    } finally {
                        hasCutOff = begun != 0;
                    }
                }
            }
            """,
            TOMCAT_ASYNC,
            """
            import jakarta.servlet.*;
            public class ApplicationDispatcher extends log.Framework {
                private Throwable unhandled;
                static class State {}
                public void meet(Throwable thrown) { unhandled = thrown; invoke(null, null, null); }
                private void invoke(ServletRequest request, ServletResponse response, State state) {
                    try {
                        throw unhandled;
                    } catch (Throwable any) {
                        log.error("unhandled", any);
                    }
                    hasCutOff = true;
                }
            }
            """,
            UNDERTOW,
            """
            import io.undertow.server.HttpServerExchange;
            import jakarta.servlet.*;
            public class LoggingExceptionHandler extends log.Framework {
                public void meet(Throwable thrown) { hasCutOff = handleThrowable(null, null, null, thrown); }
                public boolean handleThrowable(
                        HttpServerExchange exchange, ServletRequest request, ServletResponse response, Throwable thrown) {
                    log.exceptionHandlingRequest(thrown, "/path");
                    return true;
                }
            }
            """,
            SPRING_MVC,
            """
            import jakarta.servlet.http.*;
            import org.springframework.web.servlet.ModelAndView;
            public class ResponseStatusExceptionResolver extends log.Framework {
                public void meet(Throwable thrown) { doResolveException(null, null, null, (Exception) thrown); }
                protected ModelAndView doResolveException(
                        HttpServletRequest request, HttpServletResponse response, Object handler, Exception thrown) {
                    try {
                        throw new IllegalStateException("committed");
                    } catch (Exception failure) {
                        lines.warn("no status for " + thrown, failure);
                    }
                    hasCutOff = true;
                    return null;
                }
            }
            """,
            SPRING_WEBFLUX,
            """
            import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
            import org.springframework.web.server.ServerWebExchange;
            import reactor.core.publisher.Mono;
            public class HttpWebHandlerAdapter extends log.Framework {
                public void meet(Throwable thrown) { handleUnresolvedError(null, null, thrown); }
                private Mono handleUnresolvedError(
                        ServerWebExchange exchange, ServerRequestObservationContext context, Throwable thrown) {
                    log.error("unhandled " + thrown);
                    hasCutOff = true;
                    return null;
                }
            }
            """,
            REACTOR_NETTY,
            """
            public class HttpServerOperations extends log.Framework {
                public void meet(Throwable thrown) { onOutboundError(thrown); }
                protected void onOutboundError(Throwable thrown) {
                    log.error("unhandled", thrown);
                    hasCutOff = true;
                }
            }
            """,
            "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler",
            """
            import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
            public class PublisherResponseHandler {
                public static class AbstractMultiSubscriber extends log.Framework {
                    public void meet(Throwable thrown) { handleException(null, thrown); }
                    protected void handleException(ResteasyReactiveRequestContext context, Throwable thrown) {
                        log.error("unhandled", thrown);
                        hasCutOff = true;
                    }
                }
            }
            """);

    private static final String METHODS =
            "\\b(invoke|doResolveException|handleUnresolvedError|onOutboundError|handleException|handleThrowable|logError)\\b";

    static final Miniatures MINIATURES = new Miniatures(sources(), METHODS);

    private WebServers() {}

    private static Map<String, String> sources() {
        Map<String, String> all = new LinkedHashMap<>(SOURCES);
        all.put(BOOT_WEBFLUX, BOOT);
        all.put(BOOT_3_WEBFLUX, BOOT);
        for (String jetty : List.of(JETTY_EE11, JETTY_EE10)) {
            all.put(jetty, JETTY.replace("Channel", "ServletChannel"));
        }
        for (String jetty : List.of(JETTY_EE9, JETTY_EE8)) {
            all.put(jetty, JETTY.replace("Channel", "HttpChannel"));
        }
        NAMED.forEach(name -> all.put(name, "public class " + name.substring(name.lastIndexOf('.') + 1) + " {}"));
        return all;
    }
}
