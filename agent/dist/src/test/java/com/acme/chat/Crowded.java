package com.acme.chat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** {@link Draining} in a JVM whose places after the shutdown hooks are all taken. */
public final class Crowded {

    private static final int FIRST_SLOT = 3;
    private static final int LAST_SLOT = 9;

    private Crowded() {}

    public static void main(String[] arguments) throws Exception {
        Object access = Class.forName("jdk.internal.access.SharedSecrets")
                .getMethod("getJavaLangAccess")
                .invoke(null);
        Method register = Class.forName("jdk.internal.access.JavaLangAccess")
                .getMethod("registerShutdownHook", int.class, boolean.class, Runnable.class);
        for (int slot = FIRST_SLOT; slot <= LAST_SLOT; slot++) {
            try {
                register.invoke(access, slot, false, (Runnable) () -> {});
            } catch (InvocationTargetException taken) {
                // the JDK's own
            }
        }
        Draining.main(arguments);
    }
}
