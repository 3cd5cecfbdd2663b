package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;

/** What stands below {@link Service}. */
public final class Services {

    private Services() {}

    /** Implements it, without an annotation of its own. */
    public static class Plain implements Service<Integer> {
        @Override
        public String ask(String chat) {
            return "plain " + chat;
        }

        @Override
        public String generic(Integer value, String chat) {
            return value + chat;
        }

        @Override
        public String unguarded(String chat) {
            return chat;
        }

        /** Overloads it, and is another method. */
        public String ask(String chat, int number) {
            return chat + number;
        }
    }

    /** Overrides an implementation. */
    public static class Below extends Plain {
        @Override
        public String ask(String chat) {
            return "below " + super.ask(chat);
        }

        @Override
        public String generic(Integer value, String chat) {
            return "below";
        }
    }

    /** Says otherwise. */
    public static class Differently extends Plain {
        @Override
        @ChatStream(chatId = "'other ' + #chat")
        public String ask(String chat) {
            return "differently";
        }
    }

    /** Calls its parameter as the interface says. */
    public static class Named implements Service.Naming {
        @Override
        public String named(String chat) {
            return "named " + chat;
        }
    }

    /** Calls its parameter otherwise. */
    public static class Misnamed implements Service.Naming {
        @Override
        public String named(String id) {
            return "misnamed " + id;
        }
    }

    /** Between two. */
    public interface Between extends Service<Integer> {}

    /** Implements it by way of another. */
    public abstract static class Abstract implements Between {
        @Override
        public abstract String ask(String name);
    }

    /** Names its parameter otherwise. */
    public static class Deep extends Abstract {
        @Override
        public String ask(String name) {
            return "deep " + name;
        }

        @Override
        public String generic(Integer value, String chat) {
            return "deep";
        }

        @Override
        public String unguarded(String chat) {
            return chat;
        }
    }

    /** Knows nothing of the interface. */
    public static class Stranger {
        public String ask(String chat) {
            return "stranger " + chat;
        }

        public String generic(Integer value, String chat) {
            return "stranger";
        }

        public String unguarded(String chat) {
            return chat;
        }
    }

    /** Inherits the implementation from one who does not know that it is one. */
    public static class Adopted extends Stranger implements Service<Integer> {}

    /** As a framework generates it: delegates, without an annotation. */
    public static class Plain$$SpringCGLIB$$0 extends Plain {
        @Override
        public String ask(String chat) {
            return super.ask(chat);
        }
    }

    /** As a framework generates it for an interface: it is the implementation. */
    public static class Client$ByteBuddy$1 implements Between {
        @Override
        public String ask(String chat) {
            return "generated";
        }

        @Override
        public String generic(Integer value, String chat) {
            return "generated";
        }

        @Override
        public String unguarded(String chat) {
            return "generated";
        }
    }

    /** Its parameter has a name only where a class implements it. */
    public interface Speaking {
        @ChatStream(chatId = "#chat")
        String named(String chat);
    }

    public static class Spoken implements Speaking {
        @Override
        public String named(String chat) {
            return "named " + chat;
        }
    }
}
