package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;

@DisplayName("On threads that must not block")
class EventLoopsIT {

    /** What has to be on the class path of an application that uses Reactor, and is watched. */
    private static final List<Path> REACTOR = List.of(
            AgentJar.placeOf(Flux.class), AgentJar.placeOf(Publisher.class), AgentJar.placeOf(BlockHound.class));

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @ParameterizedTest
    @ValueSource(strings = {"info", "debug"})
    void guardedPublishersDoNot(String logLevel) {
        Output output = Output.of(stage.plan()
                .with("log-level", logLevel)
                .classPath(REACTOR)
                .mainClass("dev.chatstream.it.eventloops.ReactiveApp")
                .flags("-XX:+AllowRedefinitionToAddDeleteMethods", "-XX:+EnableDynamicAgentLoading"));

        assertThat(output.code()).as(output.stderr()).isZero();
        assertThat(answers(output, "proof")).containsExactly("1 true");
        assertThat(answers(output, "finished")).hasSize(3).containsOnly("[0, 1, 2, 3, 4]");
        assertThat(answers(output, "failed")).hasSize(3).containsOnly("IllegalStateException");
        assertThat(answers(output, "cancelled")).hasSize(3).containsOnly("[0, 1, 2]");
        assertThat(answers(output, "stopped")).hasSize(3).containsOnly("ChatAbortedException");
        assertThat(answers(output, "refused")).hasSize(3).containsOnly("ChatBusyException");
        assertThat(answers(output, "waited")).hasSize(3).containsOnly("[10]");
        assertThat(answers(output, "retried")).hasSize(3).containsOnly("IllegalStateException");
        assertThat(answers(output, "one")).hasSize(3).containsOnly("yes");
        assertThat(answers(output, "blocked")).as(output.stderr()).containsExactly("[]");
    }

    private static List<String> answers(Output output, String what) {
        String beginning = "app: " + what + " ";
        return output.text()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }
}
