package dev.chatstream.agent.instrument.subjects;

/** Has never heard of the API. */
public final class Bare {

    private Bare() {}

    /** Of four, one above the other. */
    public static class Top {
        public String ask(String chat) {
            return "top";
        }

        public String tell(String chat) {
            return "told";
        }
    }

    /** Overrides. */
    public static class Above extends Top {
        @Override
        public String ask(String chat) {
            return "above";
        }
    }

    /** Mentions nothing. */
    public static class Middle extends Above {}

    /** Overrides. */
    public static class Bottom extends Middle {
        @Override
        public String ask(String chat) {
            return "bottom";
        }
    }

    /** What is implemented. */
    public interface Asking {
        String ask(String chat);
    }

    /** Below it. */
    public interface SubAsking extends Asking {}

    /** Knows neither. */
    public static class Stranger {
        public String ask(String chat) {
            return "stranger";
        }
    }

    /** Implements it by what it inherits, and mentions nothing. */
    public static class Lent extends Stranger implements SubAsking {}
}
