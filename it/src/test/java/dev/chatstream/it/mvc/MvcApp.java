package dev.chatstream.it.mvc;

import dev.chatstream.ChatStreams;
import jakarta.servlet.Servlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * A chat service on Spring MVC; the argument is the class that starts the server. Its answers say what the test tells it on
 * standard input, and it tells what happens on standard output, as {@code ChatApp} does.
 */
public final class MvcApp {

    static final Map<String, Talk> TALKS = new ConcurrentHashMap<>();

    private MvcApp() {}

    public static void main(String[] arguments) throws Exception {
        say("ready", "-", "port " + serve(arguments[0]));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            handle(Arrays.stream(line.split(" ", -1))
                    .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                    .toList());
        }
        System.exit(0);
    }

    private static int serve(String server) throws Exception {
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Web.class);
        Method start = Class.forName(server).getMethod("start", Servlet.class);
        return (int) start.invoke(null, new DispatcherServlet(spring));
    }

    /** One line, whole, whoever else prints. */
    static void say(String what, String call, Object details) {
        System.out.print(
                (what + " " + call + " " + details).replace("\r", "\\r").replace("\n", "\\n") + "\n");
        System.out.flush();
    }

    private static void handle(List<String> request) throws IOException {
        String name = request.get(1);
        switch (request.get(0)) {
            case "word" -> talk(name).word(request.get(2));
            case "flood" -> talk(name).flood();
            case "end" -> talk(name).end();
            case "fail" -> talk(name).fail();
            case "callbackEnds" -> talk(name).callbackEnds();
            case "forget" -> TALKS.remove(name);
            case "collect" -> {
                System.gc();
                say("reply", "collect", "done");
            }
            case "abort" ->
                reply("abort", () -> {
                    ChatStreams.abort(name);
                    return "done";
                });
            case "owners" -> reply("owners", () -> ChatStreams.owners(List.of(name)));
            default -> throw new IllegalArgumentException("unknown request " + request);
        }
    }

    private static Talk talk(String name) {
        return Objects.requireNonNull(TALKS.get(name), name);
    }

    private static void reply(String question, Callable<Object> asked) {
        Thread.ofVirtual().start(() -> {
            try {
                say("reply", question, asked.call());
            } catch (Throwable thrown) {
                say("reply", question, thrown);
            }
        });
    }
}
