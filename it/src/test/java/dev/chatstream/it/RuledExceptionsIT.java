package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an application gets that does not have the API, by what it has instead. */
class RuledExceptionsIT {

    private static final String SOURCE = """
            import java.util.concurrent.*;
            public class Chat {
                static void ask(String chat) throws Exception {
                    CompletableFuture<Throwable> other = new CompletableFuture<>();
                    Thread.ofPlatform().start(() -> {
                        try { ask(chat); other.complete(null); } catch (Throwable e) { other.complete(e); }
                    });
                    Throwable thrown = other.get();
                    if (thrown != null) {
                        throw (Exception) thrown;
                    }
                }
                public static void main(String[] a) throws Exception {
                    try { ask("c"); } catch (Exception e) {
                        System.out.print(e.getClass().getName());
                        for (String getter : new String[] {"getStatusCode", "status"}) {
                            try { System.out.print(" " + e.getClass().getMethod(getter).invoke(e)); }
                            catch (NoSuchMethodException other) { }
                        }
                        System.out.println(" " + e.getMessage().contains("chat c"));
                    }
                }
            }
            """;

    private static final String JAX_RS = """
            package %s.ws.rs;
            public class WebApplicationException extends RuntimeException {
                private final int status;
                public WebApplicationException(String message, int status) {
                    super(message);
                    this.status = status;
                    if (Boolean.getBoolean("no.implementation")) {
                        throw new IllegalStateException("no implementation");
                    }
                }
                public int status() { return status; }
            }
            """;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private PodPlan with(Map<String, String> further, List<Path> libraries) {
        Map<String, String> sources = new LinkedHashMap<>(further);
        sources.put("Chat.java", SOURCE);
        List<Path> path = new ArrayList<>(libraries);
        path.add(Compiler.compile(directory, sources, "-g"));
        return stage.plan()
                .with("methods", "Chat#ask(#chat,onBusy=REJECT)")
                .alone()
                .classPath(path)
                .mainClass("Chat");
    }

    private static String printed(PodPlan plan) {
        return Output.of(plan).text().strip();
    }

    @Test
    void oneOfSpringsWithStatus409() {
        List<Path> libraries = Libraries.in(Libraries.classes("webflux").resolveSibling("libraries"));
        assertThat(printed(with(Map.of(), libraries)))
                .isEqualTo("org.springframework.web.server.ResponseStatusException 409 CONFLICT true");
    }

    @Test
    void oneOfJaxRsWithStatus409() {
        for (String name : List.of("jakarta", "javax")) {
            Map<String, String> jaxRs = Map.of(name + "/ws/rs/WebApplicationException.java", JAX_RS.formatted(name));
            assertThat(printed(with(jaxRs, List.of()))).isEqualTo(name + ".ws.rs.WebApplicationException 409 true");
            assertThat(printed(with(jaxRs, List.of()).flags("-Dno.implementation=true")))
                    .isEqualTo("java.lang.IllegalStateException true");
        }
    }

    @Test
    void elseTheJdks() {
        assertThat(printed(with(Map.of(), List.of()))).isEqualTo("java.lang.IllegalStateException true");
    }

    @Test
    void andWhereRedisIsNeededAndAwayStatus503() {
        List<Path> libraries = Libraries.in(Libraries.classes("webflux").resolveSibling("libraries"));
        PodPlan away = with(Map.of(), libraries)
                .with("redis-uri", "redis://127.0.0.1:1")
                .with("on-redis-down", "reject");
        assertThat(printed(away))
                .startsWith("org.springframework.web.server.ResponseStatusException 503 SERVICE_UNAVAILABLE");
    }
}
