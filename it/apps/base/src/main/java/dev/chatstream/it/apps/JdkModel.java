package dev.chatstream.it.apps;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A model behind the JDK's own HTTP client. */
public final class JdkModel {

    private static final Pattern TOKEN = Pattern.compile("\"content\":\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    public JdkModel(String url) {
        this.address = URI.create(url + "/chat/completions");
    }

    /** The tokens of an answer, as they come; closing it ends the call of the model. */
    public Stream<String> tokens(Call call) throws IOException, InterruptedException {
        return send(call, BodyHandlers.ofLines()).body().map(JdkModel::token).filter(token -> !token.isEmpty());
    }

    <T> HttpResponse<T> send(Call call, BodyHandler<T> handler) throws IOException, InterruptedException {
        String body = """
                {"model":"m","stream":true,"messages":[{"role":"user","content":"%s"}]}""".formatted(call.getPrompt());
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, handler);
    }

    /** What a line of the event stream says, or nothing. */
    public static String token(String line) {
        Matcher token = TOKEN.matcher(line);
        return token.find() ? token.group(1) : "";
    }
}
