package dev.chatstream.demo;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.chatstream.AbortReason;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class ProblemsTest {

    @Test
    void aBusyChatIsA409ThatNamesTheChatAndTheStreamThatHoldsIt() throws Exception {
        answerTo(new ChatBusyException("busy", "tea", "stream-1"))
                .andExpect(status().isConflict())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.title").value("Chat is busy"))
                .andExpect(jsonPath("$.chatId").value("tea"))
                .andExpect(jsonPath("$.streamId").value("stream-1"));
    }

    @Test
    void aHolderThatIsNotKnownIsNotNamed() throws Exception {
        answerTo(new ChatBusyException("busy", "tea", null))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.streamId").doesNotExist());
    }

    @Test
    void aRedisThatIsNeededAndAwayIsA503() throws Exception {
        answerTo(new ChatLockUnavailableException("Redis does not answer", "tea", null))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value("Redis does not answer"));
    }

    @Test
    void aCallThatAShutdownEndsWhileItWaitsIsA503() throws Exception {
        answerTo(new ChatAbortedException("shutting down", "stream-1", AbortReason.SHUTDOWN))
                .andExpect(status().isServiceUnavailable());
    }

    private static ResultActions answerTo(RuntimeException thrown) throws Exception {
        MockMvc mvc = MockMvcBuilders.standaloneSetup(new Failing(thrown))
                .setControllerAdvice(new Problems())
                .build();
        return mvc.perform(post("/chats/tea/messages").accept(MediaType.TEXT_EVENT_STREAM));
    }

    /** Fails as a guarded method does: before the response has begun. */
    @RestController
    private record Failing(RuntimeException thrown) {
        @PostMapping("/chats/tea/messages")
        void send(@Nullable HttpServletResponse response) {
            throw thrown;
        }
    }
}
