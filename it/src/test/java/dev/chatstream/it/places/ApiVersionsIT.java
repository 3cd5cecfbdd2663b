package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is older, and one that is newer, than the API in the application. */
class ApiVersionsIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private PodPlan plan(Path api, String type, String source) {
        Path classes = Compiler.compile(folder, Map.of(type + ".java", source), "-cp", api.toString());
        return stage.plan()
                .with("lock-ttl", "60s")
                .with("redis-command-timeout", "20s") // the first call waits for the connection
                .alone()
                .classPath(List.of(classes, api))
                .mainClass(type);
    }

    private static List<String> warnings(Output output) {
        return output.errors().stream()
                .filter(line -> line.matches(".* (WARN|ERROR) .*"))
                .map(line -> line.replaceAll("^.* (WARN|ERROR) +", ""))
                .toList();
    }

    @Test
    void whatALaterApiSaysThatTheAgentDoesNotKnowIsSaidAndTheRestCounts() throws IOException {
        PodPlan plan = plan(OtherApis.later(folder), "Later", """
                import dev.chatstream.*;
                public class Later {
                    @ChatStream(chatId = "#p0", onBusy = OnBusy.QUEUE, onSomethingNew = OnStop.ERROR)
                    static boolean ask(String chat) {
                        return ChatStreams.current().map(ActiveStream::holdsLock).orElse(false);
                    }
                    public static void main(String[] arguments) {
                        System.out.println(ask("later") + " " + ChatStreams.isAgentActive() + " " + ChatStreams.brandNew());
                    }
                }
                """);
        Output with = Output.of(plan);
        assertThat(with.text()).as(with.stderr()).isEqualTo("true true none\n");
        assertThat(warnings(with))
                .containsExactlyInAnyOrder(
                        "Later#ask(String): its annotation's onSomethingNew is not known to this agent, which is older than"
                                + " the API, and is ignored.",
                        "Later#ask(String): onBusy = QUEUE is not known to this agent, which is older than the API: it"
                                + " counts as DEFAULT.");
        assertThat(Output.of(plan.withoutAgent()).text()).isEqualTo("false false none\n");
    }

    @Test
    void whatAnEarlierApiDoesNotKnowCountsAsConfiguredAndReachesItAsWhatItKnows() throws IOException {
        PodPlan plan = plan(OtherApis.earlier(folder), "Earlier", """
                import dev.chatstream.*;
                import java.util.concurrent.*;
                public class Earlier {
                    @ChatStream(chatId = "#p0", onBusy = OnBusy.REJECT)
                    static String ask(String chat) throws Exception {
                        ActiveStream stream = ChatStreams.current().orElseThrow();
                        String other = CompletableFuture.supplyAsync(() -> {
                            try { return ask(chat); } catch (Exception e) { return e.getClass().getName(); }
                        }).join();
                        CountDownLatch aborted = new CountDownLatch(1);
                        stream.onAbort(reason -> aborted.countDown());
                        try { aborted.await(); } catch (InterruptedException sameThing) { }
                        try { stream.throwIfAborted(); } catch (ChatAbortedException e) { return other + " " + e.reason(); }
                        return other;
                    }
                    public static void main(String[] arguments) throws Exception {
                        System.out.println(ask("earlier"));
                    }
                }
                """);
        Output with = Output.of(plan.with("max-hold", "1s"));
        assertThat(with.text()).as(with.stderr()).isEqualTo("dev.chatstream.ChatBusyException STOPPED\n");
        assertThat(with.stderr()).contains("is aborted: MAX_HOLD");
    }
}
