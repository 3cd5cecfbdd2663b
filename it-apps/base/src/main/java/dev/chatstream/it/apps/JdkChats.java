package dev.chatstream.it.apps;

import dev.chatstream.ChatStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Calls its model by the JDK's own HTTP client; the argument is the model's address. */
public final class JdkChats implements Chats {

    private static final Pattern TOKEN = Pattern.compile("\"content\":\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String model;

    private JdkChats(String model) {
        this.model = model;
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new JdkChats(arguments[0]));
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        return switch (method) {
            case "response" -> readAll(response(call).body(), call);
            case "bytes" -> readAll(bytes(call), call);
            case "lines" -> readAll(lines(call), call);
            case "responseOfLines" -> readAll(responseOfLines(call).body(), call);
            case "blocking" -> blocking(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    @ChatStream(chatId = "#call.chatId")
    HttpResponse<InputStream> response(Call call) throws Exception {
        return send(call, BodyHandlers.ofInputStream());
    }

    @ChatStream(chatId = "#call.chatId")
    InputStream bytes(Call call) throws Exception {
        return send(call, BodyHandlers.ofInputStream()).body();
    }

    @ChatStream(chatId = "#call.chatId")
    Stream<String> lines(Call call) throws Exception {
        return send(call, BodyHandlers.ofLines()).body();
    }

    @ChatStream(chatId = "#call.chatId")
    HttpResponse<Stream<String>> responseOfLines(Call call) throws Exception {
        return send(call, BodyHandlers.ofLines());
    }

    /** Nothing is returned before the end; an interrupt stops it. */
    @ChatStream(chatId = "#call.chatId")
    String blocking(Call call) throws Exception {
        return readAll(send(call, BodyHandlers.ofLines()).body(), call);
    }

    private <T> HttpResponse<T> send(Call call, BodyHandler<T> handler) throws Exception {
        String body = """
                {"model":"m","stream":true,"messages":[{"role":"user","content":"%s"}]}""".formatted(call.getPrompt());
        HttpRequest request = HttpRequest.newBuilder(URI.create(model + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, handler);
    }

    private static String readAll(InputStream bytes, Call call) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                hear(line, call);
            }
        }
        return call.heard() + " tokens";
    }

    private static String readAll(Stream<String> lines, Call call) {
        try (lines) {
            lines.forEach(line -> hear(line, call));
        }
        return call.heard() + " tokens";
    }

    private static void hear(String line, Call call) {
        Matcher token = TOKEN.matcher(line);
        if (token.find()) {
            call.hear(token.group(1));
        }
    }
}
