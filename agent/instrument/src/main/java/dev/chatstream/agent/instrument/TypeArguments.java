package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types that stand within the brackets of what a method returns: of {@code Mono<Entity<Flux<String>>>} the last three. */
final class TypeArguments {

    private static final String CONTINUATION = "Lkotlin/coroutines/Continuation<";

    private TypeArguments() {}

    /**
     * By internal name, the outer first; type variables are left out.
     *
     * @param signature of a method, as the JVM's specification has it in 4.7.9.1; null: none
     */
    static List<String> ofReturned(@Nullable String signature) {
        if (signature == null) {
            return new ArrayList<>(0);
        }
        int thrown = signature.indexOf('^');
        return within(
                signature,
                signature.indexOf('<', signature.lastIndexOf(')')),
                thrown < 0 ? signature.length() : thrown);
    }

    /** The same for a function that suspends: what it returns stands within the brackets of its continuation. */
    static List<String> ofSuspended(@Nullable String signature) {
        int continuation = signature == null ? -1 : signature.lastIndexOf(CONTINUATION);
        return signature == null || continuation < 0
                ? new ArrayList<>(0)
                : within(signature, continuation + CONTINUATION.length() - 1, signature.lastIndexOf(')'));
    }

    private static List<String> within(String signature, int bracket, int end) {
        List<String> names = new ArrayList<>(2);
        int at = bracket;
        while (at >= 0 && at < end) {
            char kind = signature.charAt(at);
            if (kind == 'L') {
                int nameEnd = endOfName(signature, at + 1);
                names.add(signature.substring(at + 1, nameEnd));
                at = nameEnd;
            } else if (kind == 'T' || kind == '.') { // a variable, or the rest of a nested type's name
                at = endOfName(signature, at + 1);
            } else {
                at++;
            }
        }
        return names;
    }

    private static int endOfName(String signature, int from) {
        int at = from;
        while (";<.".indexOf(signature.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
