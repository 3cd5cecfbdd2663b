package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.chatstream.ChatStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service over HTTP, without the agent: as any naive service does. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"demo.words-per-second=100", "demo.pod=pod-1"})
class ChatServiceTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private ChatStore store;

    @Autowired
    private JdbcClient database;

    @Test
    void anAnswerIsAStreamOfEventsAndIsSaved() throws Exception {
        HttpResponse<String> answer = http.send(message("tea", "ann", "Count to 3"), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(answer.body())
                .startsWith("event:begin\ndata:{")
                .contains("\"pod\":\"pod-1\"", "id:1\nevent:word\ndata:one\n\nid:2\nevent:word\ndata:two\n\n")
                .endsWith("\n\n")
                .contains("event:end\ndata:{")
                .contains("\"state\":\"DONE\"", "\"words\":3");
        assertThat(get("tea", "ann").body())
                .contains("\"state\":\"idle\"", "\"text\":\"one two three\"", "\"heldBy\":null", "\"pod\":\"pod-1\"");
    }

    @Test
    void withoutTheAgentTwoMessagesAreAnsweredAtOnceAndMixed() throws Exception {
        assertThat(ChatStreams.isAgentActive()).isFalse();
        try (InputStream counting = stream(message("mixed", "ann", "Count to 400"))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(counting, StandardCharsets.UTF_8));
            awaitLine(lines, "data:one");
            http.send(message("mixed", "ann", "Spell 3 letters"), BodyHandlers.ofString());
            assertThat(store.find("mixed").orElseThrow().messages().getLast().text())
                    .contains("alfa", "bravo", "charlie")
                    .containsPattern("(two|three|four|five|six|seven|eight|nine|ten|teen|twenty)");
        }
    }

    @Test
    void whileItIsWrittenTheAnswerIsSeenByEveryReader() throws Exception {
        try (InputStream counting = stream(message("seen", "ann", "Count to 400"))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(counting, StandardCharsets.UTF_8));
            awaitLine(lines, "data:three");
            assertThat(get("seen", "ann").body()).contains("\"state\":\"streaming\"", "\"answer\":\"one two three");
        }
    }

    @Test
    void anAnswerWhoseReaderLeavesBreaksOffAndIsKeptAsFarAsItGot() throws Exception {
        try (InputStream counting = stream(message("left", "ann", "Count to 900"))) {
            awaitLine(new BufferedReader(new InputStreamReader(counting, StandardCharsets.UTF_8)), "data:three");
        }
        Chat chat = store.find("left").orElseThrow();
        while (chat.answer() != null) {
            Thread.onSpinWait();
            chat = store.find("left").orElseThrow();
        }
        assertThat(chat.messages().getLast().state()).isEqualTo(AnswerState.INTERRUPTED);
        assertThat(chat.messages().getLast().text()).startsWith("one two three");
    }

    @Test
    void anAnswerThatFailsBreaksOffWithoutAnEnd() throws Exception {
        List<String> heard = new ArrayList<>();
        try (InputStream counting = stream(message("gone", "ann", "Count to 900"))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(counting, StandardCharsets.UTF_8));
            awaitLine(lines, "data:three");
            database.sql("DELETE FROM message WHERE chat_id = 'gone'").update();
            database.sql("DELETE FROM chat WHERE id = 'gone'").update();
            assertThatIOException().isThrownBy(() -> {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    heard.add(line);
                }
            });
        }
        assertThat(heard).noneMatch(line -> line.contains("end") || line.contains("{"));
    }

    @Test
    void tellsWhatTheModelIsPaidFor() throws Exception {
        long before = sentByTheModel();
        http.send(message("paid", "ann", "Count to 3"), BodyHandlers.ofString());
        assertThat(sentByTheModel()).isGreaterThanOrEqualTo(before + 3);
    }

    @Test
    void onlyItsOwnerMayReadAChatWriteIntoItOrStopIt() throws Exception {
        http.send(message("mine", "ann", "Count to 1"), BodyHandlers.ofString());
        assertThat(List.of(
                        get("mine", "bob").statusCode(),
                        stop("mine", "bob").statusCode(),
                        http.send(message("mine", "bob", "Count to 1"), BodyHandlers.ofString())
                                .statusCode()))
                .containsOnly(403);
        assertThat(stop("mine", "bob").body()).contains("Chat mine is somebody else's.");
        assertThat(store.find("mine").orElseThrow().messages()).hasSize(2);
    }

    @Test
    void withoutTheAgentAStopFindsNothingToStop() throws Exception {
        http.send(message("stop", "ann", "Count to 1"), BodyHandlers.ofString());
        HttpResponse<String> stopped = stop("stop", "ann");
        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(stopped.body()).isEqualTo("{\"streamId\":null}");
    }

    @Test
    void whatCannotBeAnsweredIsSaidAsAProblem() throws Exception {
        assertThat(get("unknown", "ann").statusCode()).isEqualTo(404);
        assertThat(get("unknown", "ann").body()).contains("There is no chat unknown.");
        assertThat(get("a%20b", "ann").statusCode()).isEqualTo(404);
        HttpRequest nameless = HttpRequest.newBuilder(uri("unknown")).GET().build();
        assertThat(http.send(nameless, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
        HttpRequest broken = HttpRequest.newBuilder(uri("unknown/messages"))
                .header("X-User", "ann")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":"))
                .build();
        HttpResponse<String> refused = http.send(broken, BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void thePageIsThere() throws Exception {
        HttpRequest page = HttpRequest.newBuilder(uri("").resolve("/")).GET().build();
        assertThat(http.send(page, BodyHandlers.ofString()).body()).contains("<title>");
    }

    private HttpRequest message(String chat, String user, String text) {
        return HttpRequest.newBuilder(uri(chat + "/messages"))
                .header("X-User", user)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream, application/problem+json")
                .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                .build();
    }

    private InputStream stream(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofInputStream()).body();
    }

    private static void awaitLine(BufferedReader lines, String wanted) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            line = lines.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    private HttpResponse<String> get(String chat, String user) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(chat)).header("X-User", user).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> stop(String chat, String user) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(chat + "/stop"))
                        .header("X-User", user)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private long sentByTheModel() throws IOException, InterruptedException {
        HttpRequest meter =
                HttpRequest.newBuilder(uri("").resolve("/model")).GET().build();
        String said = http.send(meter, BodyHandlers.ofString()).body();
        assertThat(said).matches("\\{\"words\":\\d+}");
        return Long.parseLong(said.replaceAll("\\D", ""));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/chats/" + path);
    }
}
