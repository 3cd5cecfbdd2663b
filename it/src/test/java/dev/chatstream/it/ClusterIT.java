package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.RedisCluster;
import dev.chatstream.it.harness.Told;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract 5: the whole of a call on a Cluster of three nodes, which the agent recognises from the server. */
class ClusterIT {

    private static RedisCluster cluster;
    private static Pod first;
    private static Pod second;

    @BeforeAll
    static void start() {
        cluster = new RedisCluster();
        first = Pod.launch(PodPlan.on(cluster.uri())).connected();
        second = Pod.launch(PodPlan.on(cluster.uri())).connected();
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        cluster.close();
    }

    private static List<String> locks() {
        return cluster.keys().stream()
                .flatMap(List::stream)
                .filter(key -> key.startsWith("copilot:"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "{tag}", "a}b", "{}x", "}{", "sp ace\n", "\uD83D\uDE80", "x{y"})
    void aChatIsExcludedStoppedAndGivenBackWhateverItsId(String chatId) {
        String call = "id-" + Integer.toHexString(chatId.hashCode());
        Told told = first.enter(call, chatId, "wait");
        assertThat(told.holdsLock()).isTrue();
        assertThat(locks()).containsExactly("copilot:chat-stream-lock:" + chatId);
        second.ask(call, chatId, "reject");
        assertThat(second.busy(call)).startsWith(told.streamId());
        assertThat(second.query("abortChat", chatId)).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(first.left(call)).startsWith("stopped");
        Eventually.until("the chat is free", () -> locks().isEmpty());
    }

    @Test
    void aSupersederOnAnotherPodEntersWhenTheStreamHasSettled() {
        Told victim = first.enter("v", "superseded", "wait");
        Told next = second.enter("n", "superseded", "supersede");
        assertThat(first.aborted("v")).isEqualTo("SUPERSEDED");
        assertThat(next.fence()).isGreaterThan(victim.fence());
        second.end("n");
    }

    @Test
    void chatsLieOnEveryNodeAndTheirOwnersAreFoundTogether() {
        List<String> chats = IntStream.range(0, 12).mapToObj(i -> "many-" + i).toList();
        chats.forEach(chat -> first.enter("of-" + chat, chat, "wait", "s-" + chat));
        assertThat(cluster.keys()).noneMatch(List::isEmpty);
        assertThat(second.query("owners", String.join(",", chats)))
                .startsWith("Owners[verified=true")
                .contains(chats.stream().map(chat -> chat + "=s-" + chat).toList());
        chats.forEach(chat -> first.end("of-" + chat));
        assertThat(locks()).isEmpty();
    }
}
