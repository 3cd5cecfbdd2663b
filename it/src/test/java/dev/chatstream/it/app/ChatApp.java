package dev.chatstream.it.app;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.ChatStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chat service without a server: each line of its input is one request, and each thing that happens is one line of its
 * output, {@code <what> <call> <details>}. A call is named by the test; its answer runs until the test lets it end.
 */
public final class ChatApp {

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Chats chats = new Chats();

    public static void main(String[] arguments) throws IOException {
        ChatApp app = new ChatApp();
        if (List.of(arguments).contains("drain")) {
            Runtime.getRuntime().addShutdownHook(new Thread(app::drain));
        }
        say("ready", "-", "agent " + ChatStreams.isAgentActive());
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            app.handle(Arrays.stream(line.split(" ", -1)).map(ChatApp::decoded).toList());
        }
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    /** One line, whole, whoever else prints. */
    static void say(String what, String call, Object details) {
        String text = (what + " " + call + " " + details).replace("\r", "\\r").replace("\n", "\\n");
        System.out.print(text + "\n");
        System.out.flush();
    }

    private void handle(List<String> request) {
        String name = request.get(1);
        switch (request.get(0)) {
            case "ask" -> ask(name, request.get(2), request.get(3), request.get(4));
            case "end" -> answer(name).end();
            case "fail" -> answer(name).fail();
            case "state" -> say("state", name, answer(name).state());
            case "throwIfAborted" -> answer(name).wantsToKnow();
            case "interrupt" -> Objects.requireNonNull(threads.get(name)).interrupt();
            case "abort" ->
                reply("abort", () -> {
                    ChatStreams.abort(name);
                    return "done";
                });
            case "abortChat" -> reply("abortChat", () -> ChatStreams.abortChat(name));
            case "owner" -> reply("owner", () -> ChatStreams.owner(name));
            case "owners" -> reply("owners", () -> ChatStreams.owners(List.of(name.split(","))));
            case "exit" -> Thread.ofPlatform().start(() -> System.exit(Integer.parseInt(name)));
            default -> throw new IllegalArgumentException("unknown request " + request);
        }
    }

    private Answer answer(String name) {
        return Objects.requireNonNull(answers.get(name), name);
    }

    private void ask(String name, String chatId, String method, String streamId) {
        Answer answer = new Answer(name);
        answers.put(name, answer);
        Thread thread = Thread.ofVirtual().name("call-" + name).unstarted(() -> run(answer, chatId, method, streamId));
        threads.put(name, thread);
        thread.start();
    }

    private void run(Answer answer, String chatId, String method, String streamId) {
        String name = answer.getName();
        try {
            String result = chats.call(method, answer, chatId, streamId);
            say("left", name, result + flag());
        } catch (ChatBusyException busy) {
            String owner = busy.ownerStreamId().orElse("-");
            say("busy", name, owner + " chat [" + busy.chatId() + "]" + flag() + ": " + busy.getMessage());
        } catch (ChatAbortedException aborted) {
            say("threw", name, "aborted " + aborted.reason() + " " + aborted.streamId() + flag());
        } catch (ChatLockUnavailableException unavailable) {
            say("threw", name, "unavailable [" + unavailable.chatId().orElse("-") + "] " + unavailable.getMessage());
        } catch (Throwable thrown) {
            say("threw", name, thrown.getClass().getName() + " " + thrown.getMessage());
        }
    }

    private static String flag() {
        return " interrupted " + Thread.currentThread().isInterrupted();
    }

    private static void reply(String question, Callable<Object> asked) {
        Thread.ofVirtual().start(() -> {
            try {
                say("reply", question, asked.call());
            } catch (Throwable thrown) {
                say("reply", question, thrown.getClass().getName() + " " + thrown.getMessage());
            }
        });
    }

    /** As an application does that lets its answers end before it goes. */
    private void drain() {
        say("draining", "-", "for 3 s");
        try {
            Thread.sleep(3000); // the application's own business, not a wait of the test
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
        answers.forEach((name, answer) -> say("drained", name, answer.state()));
    }
}
