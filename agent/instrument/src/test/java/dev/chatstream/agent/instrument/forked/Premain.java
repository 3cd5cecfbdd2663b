package dev.chatstream.agent.instrument.forked;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Stands for the shipped agent's first class: loads the rest in a loader that the application does not see. */
public final class Premain {

    private Premain() {}

    public static void premain(String classPath, Instrumentation instrumentation) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            urls.add(new File(entry).toURI().toURL());
        }
        ClassLoader isolated =
                new URLClassLoader("agent", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        isolated.loadClass("dev.chatstream.agent.instrument.forked.Installer")
                .getMethod("install", Instrumentation.class)
                .invoke(null, instrumentation);
    }
}
