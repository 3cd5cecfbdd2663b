package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is in the database after a Stop of a blocking answer whose {@code finally} writes what there is, through a pool of
 * one connection: {@code mem} and {@code file} are embedded in the pod, {@code tcp} is reached over a socket. What to write
 * is in agent/docs/saving.md.
 */
class SavingIT {

    private static final String AT_HAND = "at-hand";
    private static final String BORROWED = "borrowed";

    @RegisterExtension
    static final Upstream upstream = Upstream.of("saving", "dev.chatstream.it.apps.saving.SavingChats");

    @TempDir
    static Path directory;

    private static final Map<String, Pod> PODS = new HashMap<>();

    @AfterAll
    static void endPods() {
        PODS.values().forEach(Pod::close);
    }

    @ParameterizedTest
    @CsvSource({
        "mem, virtual, at-hand", "mem, virtual, borrowed", "mem, platform, at-hand", "mem, platform, borrowed",
        "file, virtual, at-hand", "file, virtual, borrowed", "file, platform, at-hand", "file, platform, borrowed",
        "tcp, virtual, at-hand", "tcp, virtual, borrowed", "tcp, platform, at-hand", "tcp, platform, borrowed"
    })
    void whatTakesTheFlagAwayBeforeItWritesIsSaved(String place, String thread, String connection) {
        Saved saved = stopInTheMiddle(place, "cleared", thread, connection);
        assertThat(saved.flag()).isEqualTo("flag false");
        assertThat(saved.told()).contains("InterruptedException");
        assertThat(saved.text()).isEqualTo(saved.heard()).startsWith("t1 ");
    }

    @ParameterizedTest
    @CsvSource({
        "mem, virtual, at-hand", "mem, virtual, borrowed", "mem, platform, at-hand", "mem, platform, borrowed",
        "file, virtual, at-hand", "file, virtual, borrowed", "file, platform, at-hand", "file, platform, borrowed",
        "tcp, virtual, at-hand", "tcp, virtual, borrowed", "tcp, platform, at-hand", "tcp, platform, borrowed"
    })
    void whatIsNeverInterruptedIsSaved(String place, String thread, String connection) {
        Saved saved = stopInTheMiddle(place, "asking", thread, connection);
        assertThat(saved.flag()).isEqualTo("flag false");
        assertThat(saved.told()).startsWith("aborted STOPPED");
        assertThat(saved.text()).isEqualTo(saved.heard()).startsWith("t1 ");
    }

    @ParameterizedTest
    @CsvSource({"mem, virtual", "mem, platform", "file, virtual", "file, platform", "tcp, platform"})
    void withTheFlagSetItIsSavedWhereThePoolHasAConnectionAtHandAndNothingWaits(String place, String thread) {
        Saved saved = stopInTheMiddle(place, "plain", thread, AT_HAND);
        assertThat(saved.flag()).as("the client of the model keeps it").isEqualTo("flag true");
        assertThat(saved.text()).isEqualTo(saved.heard()).startsWith("t1 ");
    }

    @ParameterizedTest
    @CsvSource({"mem, virtual", "mem, platform", "file, virtual", "file, platform", "tcp, virtual", "tcp, platform"})
    void withTheFlagSetNothingIsSavedWhereThePoolHasToWait(String place, String thread) {
        Saved saved = stopInTheMiddle(place, "plain", thread, BORROWED);
        assertThat(saved.told())
                .startsWith("java.sql.SQLException")
                .contains("Interrupted during connection acquisition");
        assertThat(saved.text()).isEmpty();
    }

    /**
     * In a pod of its own: its pool hands the broken connection to the next call, too. The row is locked, so that the driver
     * has to wait for the database's answer; what it had sent may be done or not.
     */
    @Test
    void onAVirtualThreadWithTheFlagSetTheSocketOfADriverThatWaitsIsClosed() {
        Pod pod = podOn("tcp-alone");
        String call = "waiting-for-the-database";
        upstream.ask(pod, call, "plain", "virtual", Upstream.ENDLESS);
        pod.output().await("heard " + call);
        pod.query("lock", call);
        pod.query("abortChat", call);
        assertThat(saving(pod, call)).isEqualTo("flag true");
        assertThat(pod.threw(call)).startsWith("org.h2.jdbc.JdbcSQLNonTransientConnectionException");
        pod.query("giveBack", call);
    }

    @ParameterizedTest
    @CsvSource({"mem, virtual", "mem, platform", "tcp, virtual", "tcp, platform"})
    void aStopThatComesWhileAWholeAnswerIsWrittenInterruptsTheWriting(String place, String thread) {
        Saved saved = stopWhileSaving(place, "cleared", thread);
        assertThat(saved.told())
                .startsWith("java.sql.SQLException")
                .contains("Interrupted during connection acquisition");
        assertThat(saved.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mem, virtual", "mem, platform", "tcp, virtual", "tcp, platform"})
    void aStopThatComesWhileAWholeAnswerIsWrittenHarmsNothingThatIsNeverInterrupted(String place, String thread) {
        Saved saved = stopWhileSaving(place, "asking", thread);
        assertThat(saved.text()).isEqualTo("t1 t2 t3 ");
    }

    /** What was seen of a call: the flag as it began to write, how it ended, what it had, and what the database has. */
    record Saved(String flag, String told, String heard, String text) {}

    private static Saved stopInTheMiddle(String place, String method, String thread, String connection) {
        Pod pod = podOn(place);
        String call = String.join("-", place, method, thread, connection);
        upstream.ask(pod, call, method, thread, Upstream.ENDLESS);
        pod.output().await("heard " + call);
        boolean borrowed = connection.equals(BORROWED);
        if (borrowed) {
            pod.query("borrow", call);
        }
        pod.query("abortChat", call);
        String flag = saving(pod, call);
        if (borrowed && !flag.endsWith("true")) {
            pod.query("giveBack", call); // it has not failed, so it waits
        }
        String told = pod.threw(call);
        if (borrowed && flag.endsWith("true")) {
            pod.query("giveBack", call);
        }
        return new Saved(flag, told, tokens(told), pod.query("text", call));
    }

    private static Saved stopWhileSaving(String place, String method, String thread) {
        Pod pod = podOn(place);
        String call = String.join("-", "while-saving", place, method, thread);
        pod.tell("ask", call, call, method, thread, "answer " + call + " tokens 3");
        pod.output().await("heard " + call);
        pod.query("borrow", call);
        String flag = saving(pod, call);
        pod.query("abortChat", call);
        String told = method.equals("asking") ? "" : pod.threw(call);
        pod.query("giveBack", call);
        if (method.equals("asking")) {
            told = pod.left(call);
        }
        return new Saved(flag, told, "t1 t2 t3 ", pod.query("text", call));
    }

    private static String saving(Pod pod, String call) {
        String beginning = "saving " + call + " ";
        return pod.output().await(beginning).substring(beginning.length());
    }

    /** The text of as many tokens as the consumer says that it got. */
    private static String tokens(String told) {
        int count = Integer.parseInt(told.replaceFirst("(?s).* after (\\d+) .*", "$1"));
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append("t").append(i).append(' ');
        }
        return text.toString();
    }

    private static Pod podOn(String place) {
        String where = switch (place) {
            case "mem" -> "mem:answers";
            case "file" -> "file:" + directory.resolve("answers");
            default -> "tcp";
        };
        return PODS.computeIfAbsent(
                place,
                key -> Pod.launch(upstream.plan().arguments(upstream.model().url(), where))
                        .connected());
    }
}
