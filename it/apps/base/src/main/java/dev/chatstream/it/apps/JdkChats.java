package dev.chatstream.it.apps;

import dev.chatstream.ChatStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Calls its model by the JDK's own HTTP client; the argument is the model's address. */
public final class JdkChats implements Chats {

    private final JdkModel model;

    private JdkChats(JdkModel model) {
        this.model = model;
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new JdkChats(new JdkModel(arguments[0])));
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
        return model.send(call, BodyHandlers.ofInputStream());
    }

    @ChatStream(chatId = "#call.chatId")
    InputStream bytes(Call call) throws Exception {
        return model.send(call, BodyHandlers.ofInputStream()).body();
    }

    @ChatStream(chatId = "#call.chatId")
    Stream<String> lines(Call call) throws Exception {
        return model.send(call, BodyHandlers.ofLines()).body();
    }

    @ChatStream(chatId = "#call.chatId")
    HttpResponse<Stream<String>> responseOfLines(Call call) throws Exception {
        return model.send(call, BodyHandlers.ofLines());
    }

    /** Nothing is returned before the end; an interrupt stops it. */
    @ChatStream(chatId = "#call.chatId")
    String blocking(Call call) throws Exception {
        return readAll(model.send(call, BodyHandlers.ofLines()).body(), call);
    }

    private static String readAll(InputStream bytes, Call call) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                call.hear(JdkModel.token(line));
            }
        }
        return call.heard() + " tokens";
    }

    private static String readAll(Stream<String> lines, Call call) {
        try (lines) {
            lines.forEach(line -> call.hear(JdkModel.token(line)));
        }
        return call.heard() + " tokens";
    }
}
