package dev.chatstream.agent.instrument;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

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

    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private JaxRsRuntimes() {}

    /** An application that has all of them. */
    static Application of(String jakartaOrJavax, Path directory) {
        return of(jakartaOrJavax, directory, "");
    }

    /** The same in versions that have another name for each of these methods. */
    static Application renamed(Path directory) {
        return of("jakarta", directory, "InAnotherVersion");
    }

    private static Application of(String jakartaOrJavax, Path directory, String suffix) {
        Application application = new Application();
        COMPILED.computeIfAbsent(jakartaOrJavax + suffix, key -> compiled(jakartaOrJavax, directory, suffix))
                .forEach(application::give);
        return application;
    }

    private static Map<String, byte[]> compiled(String jakartaOrJavax, Path directory, String suffix) {
        try {
            Path sources = Files.createTempDirectory(directory, "source");
            Path classes = Files.createTempDirectory(directory, "classes");
            List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-g", "-d", classes.toString()));
            for (Map.Entry<String, String> source : SOURCES.entrySet()) {
                int dot = source.getKey().lastIndexOf('.');
                Path file = sources.resolve(source.getKey().substring(dot + 1) + ".java");
                String text = "package " + source.getKey().substring(0, dot) + ";\n" + source.getValue();
                Files.writeString(file, text.replace("jakarta", jakartaOrJavax).replaceAll(LOOKUP, "$0" + suffix));
                arguments.add(file.toString());
            }
            compile(arguments);
            return files(classes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void compile(List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(new String[0])) != 0) {
            throw new IllegalArgumentException(said.toString(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, byte[]> files(Path classes) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> found = Files.walk(classes)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String path = classes.relativize(file).toString();
                files.put(path.replace(".class", "").replace('/', '.'), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
