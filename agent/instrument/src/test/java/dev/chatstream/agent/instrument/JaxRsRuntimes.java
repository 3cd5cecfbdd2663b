package dev.chatstream.agent.instrument;

import java.util.Map;

/** JAX-RS and its runtimes in miniature: what of them looks for mappers has the names and types of the real ones. */
final class JaxRsRuntimes {

    static final String JERSEY = "org.glassfish.jersey.internal.ExceptionMapperFactory";
    static final String RESTEASY = "org.jboss.resteasy.core.ExceptionHandler";
    static final String RESTEASY_REACTIVE = "org.jboss.resteasy.reactive.server.core.RuntimeExceptionMapper";
    static final String CXF = "org.apache.cxf.jaxrs.provider.ServerProviderFactory";

    private static final Map<String, String> SOURCES = Map.of(
            "jakarta.ws.rs.ext.ExceptionMapper",
            "public interface ExceptionMapper<T extends Throwable> { jakarta.ws.rs.core.Response toResponse(T thrown); }",
            "jakarta.ws.rs.core.Response",
            """
            public class Response {
                public final int status;
                Response(int status) { this.status = status; }
                public static ResponseBuilder status(int status) {
                    return new ResponseBuilder() { public Response build() { return new Response(status); } };
                }
                public abstract static class ResponseBuilder { public abstract Response build(); }
            }
            """,
            "org.glassfish.jersey.server.DefaultExceptionMapper",
            """
            public class DefaultExceptionMapper implements jakarta.ws.rs.ext.ExceptionMapper<Throwable> {
                public jakarta.ws.rs.core.Response toResponse(Throwable thrown) { return null; }
            }
            """,
            JERSEY,
            """
            import jakarta.ws.rs.ext.ExceptionMapper;
            public class ExceptionMapperFactory {
                public ExceptionMapper own;
                private <T extends Throwable> ExceptionMapper<T> find(Class<T> type, T thrown) { return own; }
            }
            """,
            "org.jboss.resteasy.tracing.RESTEasyTracingLogger",
            "public class RESTEasyTracingLogger {}",
            RESTEASY,
            """
            import jakarta.ws.rs.core.Response;
            public class ExceptionHandler {
                public Response own;
                protected Response executeExceptionMapper(
                        Throwable thrown, org.jboss.resteasy.tracing.RESTEasyTracingLogger logger) {
                    if (thrown == null) {
                        throw new NullPointerException();
                    }
                    return own;
                }
            }
            """,
            "org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext",
            "public class ResteasyReactiveRequestContext {}",
            RESTEASY_REACTIVE,
            """
            import jakarta.ws.rs.ext.ExceptionMapper;
            import java.util.Map;
            public class RuntimeExceptionMapper {
                public Map.Entry own;
                public <T extends Throwable> Map.Entry<Throwable, ExceptionMapper<? extends Throwable>>
                        getExceptionMapper(Class<T> type, ResteasyReactiveRequestContext context, T thrown) {
                    return own;
                }
            }
            """,
            "org.apache.cxf.message.Message",
            "public interface Message {}",
            CXF,
            """
            import jakarta.ws.rs.ext.ExceptionMapper;
            public class ServerProviderFactory {
                public ExceptionMapper own;
                public <T extends Throwable> ExceptionMapper<T> createExceptionMapper(
                        Class<?> type, org.apache.cxf.message.Message message) {
                    return own;
                }
            }
            """);

    /** The names of the methods that look. */
    private static final String LOOKUP = "\\b(find|executeExceptionMapper|getExceptionMapper|createExceptionMapper)\\b";

    static final Miniatures MINIATURES = new Miniatures(SOURCES, LOOKUP);

    private JaxRsRuntimes() {}
}
