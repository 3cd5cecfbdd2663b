package com.acme.chat;

import dev.chatstream.ChatStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** An application with an slf4j, a simplelogger.properties and a System.err of its own. */
public final class Logging {

    private Logging() {}

    public static void main(String[] arguments) throws InterruptedException {
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        System.setErr(new PrintStream(own, true, StandardCharsets.UTF_8));
        answer("chat-1");
        LoggerFactory.getLogger("com.acme").info("from the application");
        System.out.print("own stderr:\n" + own.toString(StandardCharsets.UTF_8));
        System.out.println("loaders: " + sees("dev.chatstream.agent.dist.AgentMain")
                + " " + sees("dev.chatstream.agent.shaded.org.slf4j.LoggerFactory")
                + " " + sees("dev.chatstream.agent.Premain"));
    }

    @ChatStream(chatId = "#chatId")
    static void answer(String chatId) {
        System.out.println("answered " + chatId);
    }

    private static boolean sees(String type) {
        try {
            Class.forName(type);
            return true;
        } catch (ClassNotFoundException hidden) {
            return false;
        }
    }
}
