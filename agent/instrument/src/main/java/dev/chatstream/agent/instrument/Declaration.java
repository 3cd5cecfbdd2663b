package dev.chatstream.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * Where a method is said to be guarded: on itself, on one that it overrides, or by a rule that names one of these.
 *
 * @param method the one that carries the annotation, or is named
 * @param elements what the annotation or the rule says
 */
record Declaration(MethodFile method, Elements elements) {

    /** For people, behind what is said of a method: who says that it is guarded. Empty: its own annotation. */
    String saidBy(MethodFile guarded) {
        MethodRule rule = elements.rule();
        if (rule != null) {
            return " as the rule " + rule.readable() + " says";
        }
        return method.owner().equals(guarded.owner()) ? "" : " as " + method.readable() + " says";
    }

    /** A method is guarded by it. Answers what is news to somebody who was told that its rule guards nothing. */
    @Nullable
    String guards(MethodFile guarded) {
        MethodRule rule = elements.rule();
        return rule != null && rule.outcome().guards(guarded.readable())
                ? "The rule " + rule.readable() + " guards " + guarded.readable() + " now."
                : null;
    }

    /** Why a method is not. */
    void obstacle(MethodFile method, String why) {
        MethodRule rule = elements.rule();
        if (rule != null) {
            rule.outcome().obstacle(method.readable() + ": " + why);
        }
    }
}
