package dev.chatstream.it.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Lines;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What must hold for a guarded method, wherever its class comes from. */
final class Proof {

    private static final String OURS = "[chatstream] ";

    private final Stage stage;

    Proof(Stage stage) {
        this.stage = stage;
    }

    /** Its lock is in Redis, Stop reaches it from another pod and by the marker, and the agent is heard nowhere else. */
    void isGuarded(Service service, String chatId) {
        assertThat(service.get("agent/-")).isEqualTo("agent true");
        locksUntilItsEnd(service, chatId);
        isStoppedByAnotherPod(service, chatId + "-stopped");
        isStoppedByTheMarker(service, chatId + "-marked");
        locksUntilItsStreamEnds(service, chatId + "-streamed");
        isQuiet(service.pod());
    }

    /** The same for a method that has a rule and no annotation; the application need not have the API. */
    void isGuardedByRule(Service service, String chatId) {
        CompletableFuture<String> whole = service.askByRule(chatId);
        assertThat(lockedByRule(service, chatId)).isNotNull();
        service.get("end/" + chatId);
        assertThat(whole.join()).isEqualTo("left whole");
        stage.awaitHolder(chatId, null);
        CompletableFuture<String> stopped = service.askByRule(chatId);
        String streamId = lockedByRule(service, chatId);
        assertThat(stage.second().query("abortChat", chatId)).isEqualTo("Optional[" + streamId + "]");
        assertThat(stopped.join()).startsWith("left stopped ");
        stage.awaitHolder(chatId, null);
        isQuiet(service.pod());
    }

    private @Nullable String lockedByRule(Service service, String chatId) {
        assertThat(service.get("state/" + chatId)).isNotEqualTo("unguarded");
        return stage.holderOf(chatId);
    }

    void locksUntilItsEnd(Service service, String chatId) {
        CompletableFuture<String> answer = service.ask(chatId);
        heldBy(service, chatId);
        assertThat(service.get("end/" + chatId)).isEqualTo("ended");
        assertThat(answer.join()).isEqualTo("left whole");
        stage.awaitHolder(chatId, null);
    }

    /** What the method returned is taken after it: a class of the application's library is followed where it was loaded. */
    void locksUntilItsStreamEnds(Service service, String chatId) {
        CompletableFuture<String> answer = service.askForStream(chatId);
        service.get("state/" + chatId);
        assertThat(stage.holderOf(chatId)).as("the stream of %s", chatId).isNotNull();
        service.get("end/" + chatId);
        assertThat(answer.join()).isEqualTo("left whole");
        stage.awaitHolder(chatId, null);
    }

    void isStoppedByAnotherPod(Service service, String chatId) {
        CompletableFuture<String> answer = service.ask(chatId);
        String streamId = heldBy(service, chatId);
        assertThat(stage.second().query("abortChat", chatId)).isEqualTo("Optional[" + streamId + "]");
        assertThat(answer.join()).isEqualTo("left stopped STOPPED");
        stage.awaitHolder(chatId, null);
    }

    void isStoppedByTheMarker(Service service, String chatId) {
        CompletableFuture<String> answer = service.ask(chatId);
        String streamId = heldBy(service, chatId);
        stage.redis().client().set(RedisUnderTest.markerOf(streamId), "1");
        assertThat(answer.join()).isEqualTo("left stopped STOPPED");
        stage.awaitHolder(chatId, null);
    }

    /** The stream that holds the chat, as the method and any client see it. */
    String heldBy(Service service, String chatId) {
        Told told = service.entered(chatId);
        assertThat(told.holdsLock()).as("%s of %s", told, service.pod()).isTrue();
        assertThat(told.chatId()).isEqualTo(chatId);
        assertThat(stage.holderOf(chatId)).isEqualTo(told.streamId());
        return told.streamId();
    }

    static void isQuiet(Pod pod) {
        assertThat(pod.output().containing("chatstream]")).as("on stdout").isEmpty();
        assertThat(linesOfTheAgent(pod.log())).isNotEmpty().noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
    }

    /** The application, its framework and its server have complained of nothing. */
    static void wroteNoError(Pod pod) {
        assertThat(pod.output().all()).noneMatch(Proof::complains);
        assertThat(ownErrors(pod)).noneMatch(Proof::complains);
    }

    private static boolean complains(String line) {
        return line.matches("(?s).*(Exception|SEVERE|ERROR|WARN).*");
    }

    private static List<String> linesOfTheAgent(Lines log) {
        return log.containing(OURS);
    }

    /** What the application printed, times and numbers aside. */
    static List<String> ownOutput(Pod pod) {
        return pod.output().all().stream().map(Proof::withoutNumbers).toList();
    }

    /** What the application and the JVM said on stderr, times and numbers aside. */
    static List<String> ownErrors(Pod pod) {
        return pod.log().all().stream()
                .filter(line -> !line.startsWith(OURS))
                .map(Proof::withoutNumbers)
                .toList();
    }

    private static String withoutNumbers(String line) {
        return line.replaceAll("0x[0-9a-f]+|[0-9]+", "0")
                .replace("(Shutdown thread)", "(main)"); // either ends a Quarkus
    }

    /** The same, in whatever order its threads said it, up to the first line with this: then its hooks race. */
    static void saidTheSameUntil(String end, Pod with, Pod without) {
        List<String> lines = until(end, ownErrors(with));
        assertThat(lines).isNotEmpty().containsExactlyInAnyOrderElementsOf(until(end, ownErrors(without)));
        assertThat(ownOutput(with)).isEqualTo(ownOutput(without));
    }

    private static List<String> until(String end, List<String> lines) {
        return lines.stream().takeWhile(line -> !line.contains(end)).toList();
    }

    /** Both have ended, the first with the agent, the second without it, after the same requests. */
    static void saidTheSame(Pod with, Pod without) {
        assertThat(ownOutput(with)).isEqualTo(ownOutput(without));
        assertThat(ownErrors(with)).isEqualTo(ownErrors(without));
        assertThat(ownOutput(with).size() + ownErrors(with).size()).isPositive();
    }
}
