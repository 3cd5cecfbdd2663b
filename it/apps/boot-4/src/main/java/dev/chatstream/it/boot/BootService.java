package dev.chatstream.it.boot;

import dev.chatstream.it.place.Conversations;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The application and its only controller. */
@SpringBootApplication
@RestController
public class BootService {

    private final Room room;

    BootService(Room room) {
        this.room = room;
    }

    public static void main(String[] arguments) {
        SpringApplication.run(BootService.class, arguments);
    }

    @GetMapping("/{what}/{chat}")
    String reply(@PathVariable("what") String what, @PathVariable("chat") String chat) throws Exception {
        return Conversations.reply(
                what,
                chat,
                room::answer,
                room::ruled,
                one -> String.valueOf(room.streamed(one).blockLast()));
    }
}
