package dev.chatstream.it.apps;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Takes the requests of the test: each line of the input is one, and each thing that happens is one line of the output,
 * {@code <what> <call> <details>}.
 */
public final class Desk {

    private final Chats chats;

    private Desk(Chats chats) {
        this.chats = chats;
    }

    /** Until the input ends. */
    public static void serve(Chats chats) throws IOException {
        Desk desk = new Desk(chats);
        say("ready", "-", "agent " + ChatStreams.isAgentActive());
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            desk.handle(Arrays.stream(line.split(" ", -1)).map(Desk::decoded).toList());
        }
        System.exit(0); // whatever threads the libraries have
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    /** One line, whole, whoever else prints. */
    public static void say(String what, String call, Object details) {
        String text = (what + " " + call + " " + details).replace("\r", "\\r").replace("\n", "\\n");
        System.out.print(text + "\n");
        System.out.flush();
    }

    /** What an exception tells, wherever in it the abort is. */
    static String told(Throwable thrown) {
        for (Throwable cause : chain(thrown)) {
            if (cause instanceof ChatAbortedException aborted) {
                return "aborted " + aborted.reason() + " by "
                        + thrown.getClass().getName();
            }
        }
        return String.join(
                " <- ", chain(thrown).stream().map(Throwable::toString).toList());
    }

    static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new java.util.ArrayList<>();
        for (@Nullable Throwable next = thrown; next != null && chain.size() < 10; next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    private void handle(List<String> request) {
        String name = request.get(1);
        switch (request.get(0)) {
            case "ask" -> ask(new Call(name, request.get(2), request.get(5)), request.get(3), request.get(4));
            case "abortChat" -> reply("abortChat", () -> ChatStreams.abortChat(name));
            case "owners" -> reply("owners", () -> ChatStreams.owners(List.of(name)));
            default -> reply(request.get(0), () -> chats.reply(request.get(0), name));
        }
    }

    private void ask(Call call, String method, String thread) {
        Thread.Builder builder = thread.equals("platform") ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        builder.name("call-" + call.getName()).start(() -> run(call, method));
    }

    private void run(Call call, String method) {
        try {
            String text = chats.answer(method, call);
            say("left", call.getName(), text + flag());
        } catch (ChatBusyException busy) {
            say("busy", call.getName(), busy.ownerStreamId().orElse("-"));
        } catch (Throwable thrown) {
            say("threw", call.getName(), told(thrown) + " after " + call.heard() + flag());
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
}
