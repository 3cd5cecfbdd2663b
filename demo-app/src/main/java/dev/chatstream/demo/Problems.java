package dev.chatstream.demo;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.demo.ChatStore.OvertakenException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a caller is told, as {@code application/problem+json}, when a message gets no answer. */
@RestControllerAdvice
final class Problems {

    @ExceptionHandler
    ProblemDetail busy(ChatBusyException e) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "Another answer is being written in this chat.");
        problem.setTitle("Chat is busy");
        problem.setProperty("chatId", e.chatId());
        e.ownerStreamId().ifPresent(streamId -> problem.setProperty("streamId", streamId));
        return problem;
    }

    /** Redis is needed and away, this pod is shutting down, or the chat went to another pod before the first word. */
    @ExceptionHandler({ChatLockUnavailableException.class, ChatAbortedException.class, OvertakenException.class})
    ProblemDetail unavailable(RuntimeException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
        problem.setTitle("Try again");
        return problem;
    }
}
