package dev.chatstream.it.beside;

import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.apps.Trial;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Beans of Spring's behind proxies of both kinds, annotated on the class or on the interface. */
public final class ProxiedChats {

    private ProxiedChats() {}

    interface Talk {
        String talk(String chat);

        CompletableFuture<String> later(String chat);
    }

    /** The class is annotated. */
    static class Talking implements Talk {
        @Override
        @ChatStream(chatId = "#chat")
        public String talk(String chat) {
            return Trial.hold(chat);
        }

        @Override
        @Async
        @ChatStream(chatId = "#chat")
        public CompletableFuture<String> later(String chat) {
            return CompletableFuture.completedFuture(Trial.hold(chat));
        }
    }

    interface Told {
        @ChatStream(chatId = "#chat")
        String tell(String chat);

        @ChatStream(chatId = "#chat")
        CompletableFuture<String> tellLater(String chat);
    }

    /** The interface is annotated. */
    static class Telling implements Told {
        @Override
        public String tell(String chat) {
            return Trial.hold(chat);
        }

        @Override
        @Async
        public CompletableFuture<String> tellLater(String chat) {
            return CompletableFuture.completedFuture(Trial.hold(chat));
        }
    }

    @Aspect
    static class Advising {
        @Around("execution(* dev.chatstream.it.beside.ProxiedChats.Talk.*(..))"
                + " || execution(* dev.chatstream.it.beside.ProxiedChats.Told.*(..))")
        Object around(ProceedingJoinPoint point) throws Throwable {
            String place = ChatStreams.current().isPresent() ? "inside" : "outside";
            Trial.say("advised", point.getSignature().getName() + " " + place + " the stream");
            return point.proceed();
        }
    }

    @EnableAsync
    @EnableAspectJAutoProxy
    @Import({Talking.class, Telling.class, Advising.class})
    static class OfInterfaces {}

    @EnableAsync(proxyTargetClass = true)
    @EnableAspectJAutoProxy(proxyTargetClass = true)
    @Import({Talking.class, Telling.class, Advising.class})
    static class OfClasses {}

    public static void main(String[] arguments) throws Exception {
        tryAll("jdk", OfInterfaces.class);
        tryAll("cglib", OfClasses.class);
    }

    private static void tryAll(String kind, Class<?> configuration) throws Exception {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
            Talk talk = context.getBean(Talk.class);
            Told told = context.getBean(Told.class);
            Trial.say(
                    kind,
                    "JDK proxies " + Proxy.isProxyClass(talk.getClass()) + " " + Proxy.isProxyClass(told.getClass()));
            Trial.of(kind + "-class", talk::talk);
            Trial.of(kind + "-class-async", chat -> talk.later(chat).get());
            Trial.of(kind + "-interface", told::tell);
            Trial.of(kind + "-interface-async", chat -> told.tellLater(chat).get());
        }
    }
}
