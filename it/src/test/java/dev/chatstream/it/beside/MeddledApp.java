package dev.chatstream.it.beside;

import dev.chatstream.ChatStreams;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Calls guarded methods from several threads while another agent transforms their classes. */
public final class MeddledApp {

    private static final int CALLERS = 3;
    private static final int ROUNDS = 50;

    private MeddledApp() {}

    public static void main(String[] arguments) throws Exception {
        while (ChatStreams.isAgentActive() && !ChatStreams.owners(List.of("a")).verified()) {
            Thread.sleep(20); // until the agent has reached Redis; nothing signals that
        }
        MeddledChats.callAll("at the beginning"); // its classes are loaded then
        Meddler.begin();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String own = "chat-" + i;
            callers.add(Thread.ofPlatform().start(() -> call(own)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        Meddler.end();
        say("unguarded", MeddledChats.UNGUARDED);
        say("together", MeddledChats.TOGETHER);
        say("done", Meddler.DONE);
        say("failures", Meddler.FAILURES.stream().distinct().toList());
        for (String type : MeddledChats.TYPES) {
            Class<?> chats = Class.forName(type);
            Meddler.redefineByWhatItIs(chats);
            say("bytes", Base64.getEncoder().encodeToString(Meddler.bytesOf(chats)));
        }
        MeddledChats.callAll("at the end");
        say("unguarded", MeddledChats.UNGUARDED);
    }

    private static void call(String own) {
        for (int i = 0; i < ROUNDS; i++) {
            MeddledChats.callAll(own);
            MeddledChats.callAll("shared");
        }
    }

    private static void say(String what, Object details) {
        System.out.print("app: " + what + " " + details + "\n");
    }
}
