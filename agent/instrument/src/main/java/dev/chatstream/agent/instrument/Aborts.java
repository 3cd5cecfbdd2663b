package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Whether an exception that nobody in the application has handled tells of an abort, itself or by what caused it. */
final class Aborts {

    /** Aborts that somebody asked for: no news to whoever reads the log. */
    static final String WANTED = "wanted";

    static final String ANY = "any";

    private static final String EXCEPTION = "dev.chatstream.ChatAbortedException";

    /** Frameworks wrap once or twice; a chain may be a circle. */
    private static final int DEEPEST_CAUSE = 16;

    /** Of applications without the API, whose exceptions say nothing; they know no equality but their own. */
    private static final Set<Throwable> WITHOUT_API =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private Aborts() {}

    /** One of the JDK's that is made for such an abort. */
    static <E extends Throwable> E noted(E exception, AbortReason reason) {
        if (isWanted(reason.name())) {
            WITHOUT_API.add(exception);
        }
        return exception;
    }

    static boolean isNoted(Throwable exception) {
        return WITHOUT_API.contains(exception);
    }

    /** @param which {@link #WANTED} or {@link #ANY} */
    static boolean isOne(String which, Throwable exception) throws ReflectiveOperationException {
        Throwable next = exception;
        for (int i = 0; i < DEEPEST_CAUSE && next != null; i++) {
            if (next.getClass().getName().equals(EXCEPTION)) {
                return which.equals(ANY) || isWanted(reason(next));
            }
            if (isNoted(next)) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }

    private static String reason(Throwable exception) throws ReflectiveOperationException {
        return ((Enum<?>) exception.getClass().getMethod("reason").invoke(exception)).name();
    }

    private static boolean isWanted(String reason) {
        return reason.equals(AbortReason.STOPPED.name()) || reason.equals(AbortReason.SUPERSEDED.name());
    }
}
