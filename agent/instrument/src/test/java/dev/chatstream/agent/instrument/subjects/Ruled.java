package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import java.util.List;

/** Knows nothing of the annotation, but where it says so. */
public final class Ruled {

    private Ruled() {}

    /** Declares what others inherit. */
    public static class Base {
        public String stream(String chat) {
            return "base " + chat;
        }

        public String stream(String chat, int number) {
            return "base " + chat + number;
        }

        public static String stat(String chat) {
            return "static " + chat;
        }

        private String hidden(String chat) {
            return "hidden " + chat;
        }

        public String callHidden(String chat) {
            return hidden(chat);
        }

        public Object give(List<String> chats) {
            return chats.get(0);
        }

        @ChatStream(chatId = "'annotated ' + #p0")
        public String annotated(String chat) {
            return "annotated " + chat;
        }
    }

    /** Inherits it all. */
    public static class Child extends Base {}

    /** The same, and another one. */
    public static class Sister extends Base {}

    /** Overrides what its parent inherits. */
    public static class Grandchild extends Child {
        @Override
        public String stream(String chat) {
            return "grandchild " + super.stream(chat);
        }
    }

    /** As a framework generates it. */
    public static class Child$$SpringCGLIB$$0 extends Child {
        @Override
        public String stream(String chat) {
            return super.stream(chat);
        }
    }

    /** Overrides one, inherits the other. */
    public static class Half extends Base {
        @Override
        public String stream(String chat) {
            return "half " + super.stream(chat);
        }
    }

    /** An interface whose method others inherit. */
    public interface Talk {
        String talk(String chat);

        default String hello(String chat) {
            return "hello " + chat;
        }
    }

    /** Inherits it. */
    public interface Chatter extends Talk {}

    /** Implements it. */
    public static class Chatterbox implements Chatter {
        @Override
        public String talk(String chat) {
            return "chatterbox " + chat;
        }
    }

    /** Implements the upper one only. */
    public static class Talker implements Talk {
        @Override
        public String talk(String chat) {
            return "talker " + chat;
        }
    }

    /** Makes a chatterbox of one who is none. */
    public static class Convert extends Talker implements Chatter {}

    /** Has a type variable. */
    public abstract static class Generic<T> {
        public abstract String take(T chat);

        public String pass(T chat) {
            return "passed " + chat;
        }
    }

    /** Says which type it is. */
    public static class Strings extends Generic<String> {
        @Override
        public String take(String chat) {
            return "taken " + chat;
        }
    }

    /** Has many of one name. */
    public static class Overloads {
        public String ask(String chat) {
            return "one";
        }

        public String ask(String chat, int number) {
            return "two";
        }

        public String ask(String... chats) {
            return "many";
        }

        public String other(String chat) {
            return "other";
        }
    }

    /** Says that what implements it is guarded. */
    public interface Making {
        @ChatStream(chatId = "#p0")
        String made(String chat);
    }

    /** The JVM loads what it makes while it is linked itself, to verify that it may be returned. */
    public static class Factory {
        public static Factory make() {
            return new Made();
        }

        public String made(String chat) {
            return "made " + chat;
        }
    }

    /** Inherits the implementation. */
    public static class Made extends Factory implements Making {}

    /** Inherits from the JDK. */
    public static class Task extends Thread {}

    /** Cannot be guarded. */
    public abstract static class Hard {
        public native String none(String chat);

        public abstract String open(String chat);

        public Runnable lambda(String chat) {
            return () -> open(chat);
        }
    }
}
