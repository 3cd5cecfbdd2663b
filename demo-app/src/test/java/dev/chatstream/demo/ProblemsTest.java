package dev.chatstream.demo;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.chatstream.AbortReason;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.demo.ChatStore.OvertakenException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

class ProblemsTest {

    @ParameterizedTest
    @ValueSource(strings = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.ALL_VALUE})
    void aBusyChatIsA409ThatNamesTheChatAndTheStreamThatHoldsIt(String accepted) throws Exception {
        mvc(() -> {
                    throw new ChatBusyException("busy", "tea", "stream-1");
                })
                .perform(post("/chats/tea/messages").accept(accepted))
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

    @Test
    void whatFailsLaterButBeforeTheFirstWordIsSaidAsWell() throws Exception {
        MockMvc mvc = mvc(() -> Flux.error(new OvertakenException("tea", 7)));
        MvcResult begun = mvc.perform(post("/chats/tea/messages").accept(MediaType.TEXT_EVENT_STREAM))
                .andExpect(request().asyncStarted())
                .andReturn();
        mvc.perform(asyncDispatch(begun))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    private static ResultActions answerTo(RuntimeException thrown) throws Exception {
        MockMvc mvc = mvc(() -> {
            throw thrown;
        });
        return mvc.perform(post("/chats/tea/messages").accept(MediaType.TEXT_EVENT_STREAM));
    }

    private static MockMvc mvc(Supplier<Flux<ServerSentEvent<?>>> answer) {
        return MockMvcBuilders.standaloneSetup(new Answering(answer))
                .setControllerAdvice(new Problems())
                .build();
    }

    /** Does as it is told, as a guarded method does it: before the response has begun. */
    @RestController
    private record Answering(Supplier<Flux<ServerSentEvent<?>>> answer) {
        @PostMapping(path = "/chats/tea/messages", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ServerSentEvent<?>> send() {
            return answer.get();
        }
    }
}
