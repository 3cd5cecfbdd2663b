package dev.chatstream.agent.instrument;

/**
 * A method that a type inherits from one which knows nothing of its being guarded: a rule names the type that inherits it,
 * or the type implements a guarded interface by it. It is guarded for objects of that type, and for no others.
 *
 * @param method the inherited one
 * @param declaration where it is said to be guarded
 * @param ofInterface whether the inherited one belongs to an interface
 */
record Adoption(MethodFile method, Declaration declaration, boolean ofInterface) {

    /** Whether there is a body, of a class of the application's. */
    boolean isWeavable() {
        return method.hasBody() && !method.owner().startsWith("java/");
    }

    /** What tells the method apart among all classes. */
    String body() {
        return method.owner() + '.' + method.key();
    }
}
