package dev.chatstream.it.baddays;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStreams;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;

/** An application that loads one class after the other, calls its static methods, and says what came of it. */
public final class Caller {

    private Caller() {}

    public static void main(String[] types) {
        for (String type : types) {
            callAll(Caller.class.getClassLoader(), type);
        }
        System.out.println("done");
    }

    static void callAll(ClassLoader loader, String type) {
        try {
            callAll(Class.forName(type, true, loader));
        } catch (ReflectiveOperationException | LinkageError failure) {
            say(type, failure);
        }
    }

    private static void callAll(Class<?> type) throws ReflectiveOperationException {
        Method[] methods = type.getDeclaredMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toString));
        Object receiver = type.getConstructors().length == 0
                ? null
                : type.getConstructor().newInstance();
        for (Method method : methods) {
            try {
                System.out.println(method + ": " + method.invoke(receiver, "chat of " + type.getName()));
            } catch (InvocationTargetException thrown) {
                say(method.toString(), thrown.getCause());
            }
        }
    }

    private static void say(String what, Throwable failure) {
        System.out.println(what + ": " + failure);
    }

    /** What the methods of those classes answer. */
    public static String answer(Object chat) {
        return "answered " + chat + ", "
                + ChatStreams.current().map(ActiveStream::holdsLock).orElse(false);
    }
}
