package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.apps.Trial;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an application said that tries its guarded methods, and what the agent's report says of it. */
final class Beside {

    private final Output output;
    private final List<String> report;

    private Beside(Output output, List<String> report) {
        this.output = output;
        this.report = report;
    }

    /** One of this package, with the libraries of these classes. */
    static PodPlan application(Stage stage, String mainClass, Class<?>... libraries) {
        return application(stage, mainClass, List.of(), libraries);
    }

    /** The same, with this on the class path too. */
    static PodPlan application(Stage stage, String mainClass, List<Path> more, Class<?>... libraries) {
        List<Path> path = new ArrayList<>(
                Stream.of(libraries).map(AgentJar::placeOf).distinct().toList());
        path.add(Libraries.classes("base"));
        path.addAll(more);
        return stage.plan().classPath(path).mainClass("dev.chatstream.it.beside." + mainClass);
    }

    /** One of {@code it/apps}. */
    static PodPlan application(Stage stage, String application, String mainClass) {
        return stage.plan()
                .classPath(Libraries.of(application))
                .mainClass("dev.chatstream.it.apps." + application + "." + mainClass);
    }

    /**
     * A connection has more than its two seconds here: other agents look at each class of its client too.
     *
     * @param directory where the report may be written
     */
    static Beside run(PodPlan plan, Path directory) {
        Path file = directory.resolve("report.txt");
        Output output = Output.of(plan.with("on-busy", "reject")
                .with("lock-ttl", "60s")
                .with("redis-command-timeout", "20s")
                .with("report-file", file.toString()));
        try {
            Beside beside = new Beside(output, Files.exists(file) ? Files.readAllLines(file) : List.of());
            assertThat(output.code()).as(beside.toString()).isZero();
            return beside;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the application said of this, each time. */
    List<String> said(String name) {
        String beginning = "trial " + name + ": ";
        return output.text()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }

    /**
     * Each is guarded as it should be. Were one guarded twice, the chat would not be free after its end, or the second would
     * find it busy.
     */
    void areGuarded(String... names) {
        for (String name : names) {
            assertThat(said(name)).as("%s of %s", name, this).containsExactly(Trial.GUARDED);
        }
    }

    /** The methods that the report calls guarded, without their package. */
    List<String> guarded() {
        return report.stream()
                .filter(line -> line.startsWith("guarded "))
                .map(line -> line.replaceFirst("guarded +(?:[a-z]\\w*\\.)*([^;]*);.*", "$1"))
                .toList();
    }

    /** What somebody should look at: warnings and errors, but for the line that sums them up. */
    List<String> complaints() {
        return output.errors().stream()
                .filter(line -> line.matches("\\[chatstream] \\S+ (WARN|ERROR) .*"))
                .map(line -> line.replaceFirst("\\[chatstream] \\S+ \\w+ +(?:dev\\.(?:\\w+\\.)*(?=[A-Z]))?", ""))
                .filter(line -> !line.startsWith("Not all is guarded that should be"))
                .toList();
    }

    @Override
    public String toString() {
        return output.text() + output.stderr() + String.join("\n", report);
    }
}
