package dev.chatstream.demo;

import dev.chatstream.ChatStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** One pod of the chat service. */
@SpringBootApplication(proxyBeanMethods = false)
class ChatDemo {
    private static final Logger LOG = LoggerFactory.getLogger(ChatDemo.class);

    private final String pod;

    ChatDemo(@Value("${demo.pod}") String pod) {
        this.pod = pod;
    }

    public static void main(String[] args) {
        SpringApplication.run(ChatDemo.class, args);
    }

    @EventListener
    void sayWhere(WebServerInitializedEvent ready) {
        LOG.info(
                "{} is ready on http://127.0.0.1:{} {} ChatStream",
                pod,
                ready.getWebServer().getPort(),
                ChatStreams.isAgentActive() ? "with" : "without");
    }
}
