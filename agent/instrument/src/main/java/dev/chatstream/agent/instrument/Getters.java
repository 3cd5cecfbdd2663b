package dev.chatstream.agent.instrument;

import java.util.List;

/** By which methods a property may be read: one rule for class files, when woven, and for objects, at a call. */
final class Getters {

    private Getters() {}

    /** Names to look for, in this order: a record's accessor comes first. */
    static List<String> of(String property) {
        String capital = Character.toUpperCase(property.charAt(0)) + property.substring(1);
        return List.of(property, "get" + capital, "is" + capital);
    }

    /**
     * Whether a public method without parameters, which returns something, reads the property. A method of a plain class
     * that is called as the property itself is no getter, since nobody knows what it does; but Kotlin's {@code isOpen}
     * reads {@code isOpen}.
     */
    static boolean reads(String property, String method, boolean inRecord, boolean returnsBoolean) {
        if (method.equals(property)) {
            boolean kotlin = returnsBoolean
                    && property.length() > 2
                    && property.startsWith("is")
                    && Character.isUpperCase(property.charAt(2));
            return inRecord || kotlin;
        }
        return method.startsWith("get") || returnsBoolean;
    }
}
