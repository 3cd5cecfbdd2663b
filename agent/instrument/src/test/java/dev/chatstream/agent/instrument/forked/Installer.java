package dev.chatstream.agent.instrument.forked;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.instrument.Weaving;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Inside the isolated loader: weaves over an engine that cannot be had, and tells on stdout. */
public final class Installer implements Journal {

    private Installer() {}

    public static void install(Instrumentation instrumentation) {
        Weaving.install(
                instrumentation,
                () -> {
                    throw new IllegalStateException("no engine here");
                },
                () -> System.out.println("first guarded"),
                new Installer(),
                new Weaving.Options(false, false));
        System.out.println("installed, of Byte Buddy: " + byteBuddy(instrumentation));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.out.println(
                        "at the end, of Byte Buddy: " + (byteBuddy(instrumentation) == 0 ? "nothing" : "something"))));
    }

    private static int byteBuddy(Instrumentation instrumentation) {
        int count = 0;
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            count += loaded.getName().startsWith("net.bytebuddy.") ? 1 : 0;
        }
        return count;
    }

    @Override
    public boolean tells(Level level) {
        return true;
    }

    @Override
    public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
        System.out.println(level + " " + message + (cause == null ? "" : " " + cause));
    }
}
