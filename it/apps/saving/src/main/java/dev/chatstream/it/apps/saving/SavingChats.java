package dev.chatstream.it.apps.saving;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Chats;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.JdkModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/** Blocking answers whose {@code finally} writes what there is. Arguments: the model's address, and where the database is. */
public final class SavingChats implements Chats {

    private final JdkModel model;
    private final Answers answers;
    private @Nullable Connection borrowed;

    private SavingChats(JdkModel model, Answers answers) {
        this.model = model;
        this.answers = answers;
    }

    public static void main(String[] arguments) throws Exception {
        Desk.serve(new SavingChats(new JdkModel(arguments[0]), Answers.in(jdbcUrl(arguments[1]))));
    }

    private static String jdbcUrl(String where) throws SQLException {
        if (!where.equals("tcp")) {
            return "jdbc:h2:" + where;
        }
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:answers;DB_CLOSE_DELAY=-1";
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        answers.begin(call.getName());
        return switch (method) {
            case "plain" -> plain(call);
            case "cleared" -> cleared(call);
            case "asking" -> asking(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** Writes with the interrupt flag set, since the client of the model keeps it. */
    @ChatStream(chatId = "#call.chatId")
    String plain(Call call) throws Exception {
        StringBuilder text = new StringBuilder();
        try {
            read(call, text);
        } finally {
            save(call, text);
        }
        return "whole";
    }

    /** Takes the flag away before it writes. */
    @ChatStream(chatId = "#call.chatId")
    String cleared(Call call) throws Exception {
        StringBuilder text = new StringBuilder();
        try {
            read(call, text);
        } finally {
            Thread.interrupted();
            save(call, text);
        }
        return "whole";
    }

    /** Is never interrupted: the abort closes the answer of the model, and what then fails is asked about. */
    @SuppressWarnings("try") // closing it from the side is what is meant
    @ChatStream(chatId = "#call.chatId", interruptible = false)
    String asking(Call call) throws Exception {
        StringBuilder text = new StringBuilder();
        ActiveStream stream = ChatStreams.current().orElseThrow();
        try (Stream<String> tokens = model.tokens(call)) {
            stream.onAbort(reason -> tokens.close());
            tokens.forEach(token -> text.append(heard(token, call)));
        } catch (RuntimeException closed) {
            stream.throwIfAborted();
            throw closed;
        } finally {
            save(call, text);
        }
        return "whole";
    }

    private void read(Call call, StringBuilder text) throws Exception {
        try (Stream<String> tokens = model.tokens(call)) {
            tokens.forEach(token -> text.append(heard(token, call)));
        }
    }

    private static String heard(String token, Call call) {
        call.hear(token);
        return token;
    }

    private void save(Call call, StringBuilder text) throws SQLException {
        long fence = ChatStreams.current().map(ActiveStream::fence).orElse(0L);
        Desk.say("saving", call.getName(), "flag " + Thread.currentThread().isInterrupted());
        answers.save(call.getName(), text.toString(), fence);
    }

    @Override
    public Object reply(String question, String about) throws Exception {
        return switch (question) {
            case "text" -> answers.textOf(about);
            case "borrow" -> borrow();
            case "lock" -> lock(about);
            case "giveBack" -> giveBack();
            default -> throw new IllegalArgumentException(question);
        };
    }

    private String borrow() throws SQLException {
        borrowed = answers.borrow();
        return "done";
    }

    private String lock(String call) throws SQLException {
        borrowed = answers.lock(call);
        return "done";
    }

    private String giveBack() throws SQLException {
        Objects.requireNonNull(borrowed).close();
        return "done";
    }
}
