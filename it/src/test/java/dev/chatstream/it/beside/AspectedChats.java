package dev.chatstream.it.beside;

import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.apps.Trial;
import java.util.concurrent.CompletableFuture;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;

/** An application with an aspect around the methods that are guarded. */
public final class AspectedChats {

    private AspectedChats() {}

    /** What AspectJ's weaver weaves into {@link Rooms}. */
    @Aspect
    public static class Advising {

        @Around("execution(* dev.chatstream.it.beside.AspectedChats.Rooms.*(..))")
        public Object around(ProceedingJoinPoint point) throws Throwable {
            String place = ChatStreams.current().isPresent() ? "inside" : "outside";
            Trial.say("advised", point.getSignature().getName() + " " + place + " the stream");
            return point.proceed();
        }
    }

    static class Rooms {

        @ChatStream(chatId = "#chat")
        String answer(String chat) {
            return Trial.hold(chat);
        }

        @ChatStream(chatId = "#chat")
        static String fixed(String chat) {
            return Trial.hold(chat);
        }

        @ChatStream(chatId = "#chat")
        CompletableFuture<String> later(String chat) {
            return CompletableFuture.completedFuture(Trial.hold(chat));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Rooms rooms = new Rooms();
        Trial.of("method", rooms::answer);
        Trial.of("static", Rooms::fixed);
        Trial.of("future", chat -> rooms.later(chat).get());
    }
}
