package dev.chatstream.it.war;

import dev.chatstream.ChatStream;
import dev.chatstream.it.place.Conversations;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import reactor.core.publisher.Flux;

/** The whole application. */
@WebServlet("/*")
@SuppressWarnings("serial")
public class ChatServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String[] path = request.getPathInfo().split("/", 3);
        try {
            response.getWriter()
                    .print(Conversations.reply(
                            path[1],
                            path[2],
                            this::answer,
                            this::ruled,
                            chat -> String.valueOf(streamed(chat).blockLast())));
        } catch (IOException | RuntimeException plain) {
            throw plain;
        } catch (Exception failure) {
            throw new ServletException(failure);
        }
    }

    @ChatStream(chatId = "#chatId")
    String answer(String chatId) {
        return Conversations.hold(chatId);
    }

    String ruled(String chatId) {
        return Conversations.hold(chatId);
    }

    @ChatStream(chatId = "#chatId")
    Flux<String> streamed(String chatId) {
        return Flux.just(chatId).map(Conversations::hold);
    }
}
