package dev.chatstream.it.mvc;

import dev.chatstream.ChatStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * A chat service on Spring MVC and Tomcat. Its answers say what the test tells it on standard input, and it tells what happens
 * on standard output, as {@code ChatApp} does.
 */
public final class MvcApp {

    static final Map<String, Talk> TALKS = new ConcurrentHashMap<>();

    private MvcApp() {}

    public static void main(String[] arguments) throws Exception {
        say("ready", "-", "port " + serve());
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            handle(Arrays.stream(line.split(" ", -1))
                    .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                    .toList());
        }
        System.exit(0);
    }

    private static int serve() throws Exception {
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Web.class);
        String directory = Files.createTempDirectory("tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory);
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory);
        Tomcat.addServlet(context, "mvc", new DispatcherServlet(spring)).setAsyncSupported(true);
        context.addServletMappingDecoded("/", "mvc");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
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
