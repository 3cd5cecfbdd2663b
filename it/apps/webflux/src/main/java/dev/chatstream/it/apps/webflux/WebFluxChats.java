package dev.chatstream.it.apps.webflux;

import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Chats;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.JdkModel;
import dev.chatstream.it.apps.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Serves its answers over HTTP/1.1 and HTTP/2, and calls its model by the WebClient; the argument is the model's address. */
@SpringBootApplication
public class WebFluxChats {

    public static void main(String[] arguments) throws IOException {
        if (Boolean.getBoolean("blockhound")) {
            Blocking.watch();
        }
        SpringApplication application = new SpringApplication(WebFluxChats.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "server.http2.enabled", "true",
                "spring.lifecycle.timeout-per-shutdown-phase", "1s",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn"));
        ConfigurableApplicationContext context = application.run();
        Desk.say("port", "-", Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
        Desk.serve(new Asked(arguments.length == 0 ? "http://127.0.0.1" : arguments[0]));
    }

    /** What the test asks for without HTTP. */
    private static final class Asked implements Chats {

        private final WebClient model;

        Asked(String url) {
            this.model = WebClient.create(url);
        }

        @Override
        public String answer(String method, Call call) throws Exception {
            switch (method) {
                case "here" -> read(tokens(call), call);
                case "parallel" -> Schedulers.parallel().schedule(() -> read(tokens(call), call));
                default -> throw new IllegalArgumentException(method);
            }
            return call.awaitEnd();
        }

        private static void read(Flux<String> tokens, Call call) {
            call.cancelledBy(tokens.subscribe(call::hear, call::failed, call::done)::dispose);
        }

        @ChatStream(chatId = "#call.chatId")
        Flux<String> tokens(Call call) {
            String body = """
                    {"model":"m","stream":true,"messages":[{"role":"user","content":"%s"}]}""".formatted(call.getPrompt());
            return model.post()
                    .uri("/chat/completions")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .retrieve()
                    .bodyToFlux(String.class)
                    .map(JdkModel::token);
        }

        @Override
        public Object reply(String question, String about) throws Exception {
            return question.equals("block")
                    ? Blocking.isSeen()
                    : Objects.requireNonNullElse(Source.reply(question, about), "unknown request " + question);
        }
    }
}
