package dev.chatstream.agent.instrument;

import java.util.List;

/** By which methods a property may be read: one rule for class files, when woven, and for objects, at a call. */
final class Getters {

    private Getters() {}

    /** Names to look for, in this order: an accessor that is called as its property comes first. */
    static List<String> of(String property) {
        String capital = Character.toUpperCase(property.charAt(0)) + property.substring(1);
        return List.of(property, "get" + capital, "is" + capital);
    }

    /** Without what Kotlin appends: {@code getRoom-kxQGRmg} gives a value class, {@code getRoom$service} is internal. */
    static String plain(String method) {
        for (int i = 1; i < method.length(); i++) {
            char c = method.charAt(i);
            if (c == '-' || c == '$') {
                return method.substring(0, i);
            }
        }
        return method;
    }

    /**
     * Whether a public method without parameters, which returns something, reads the property. A method that is called as
     * the property itself is a getter where there is a field of that name and type behind it (a record's, a Scala case
     * class's, a fluent one of Lombok's), otherwise nobody knows what it does; but Kotlin's {@code isOpen} reads {@code
     * isOpen}.
     */
    static boolean reads(String property, String method, boolean ofField, boolean returnsBoolean) {
        if (method.equals(property)) {
            boolean kotlin = returnsBoolean
                    && property.length() > 2
                    && property.startsWith("is")
                    && Character.isUpperCase(property.charAt(2));
            return ofField || kotlin;
        }
        return method.startsWith("get") || returnsBoolean;
    }
}
