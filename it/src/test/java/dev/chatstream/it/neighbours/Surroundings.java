package dev.chatstream.it.neighbours;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** What an application can see around it of what does not belong to it. */
final class Surroundings {

    /** Where the agent has its class files; its own ClassPack tells the form. */
    private static final String PACK = "inst/classes";

    private Surroundings() {}

    /** Looks for whatever is in this jar, or for nothing of a jar. */
    static Map<String, Object> of(String agentJar) throws Exception {
        Map<String, Object> seen = new LinkedHashMap<>();
        List<String> names = agentJar.isEmpty() ? List.of() : classesIn(agentJar);
        seen.put("looked", names.size() + " classes");
        for (ClassLoader loader : new ClassLoader[] {
            Surroundings.class.getClassLoader(),
            ClassLoader.getSystemClassLoader(),
            Thread.currentThread().getContextClassLoader()
        }) {
            seen.merge("classes", visible(names, loader), (a, b) -> a.equals(b) ? a : a + " and " + b);
        }
        seen.put("services", services());
        seen.put("properties", new TreeSet<>(System.getProperties().stringPropertyNames()));
        seen.put("threads", threadsOfTheAgent());
        return seen;
    }

    private static List<String> classesIn(String jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar);
                DataInputStream pack =
                        new DataInputStream(new BufferedInputStream(file.getInputStream(file.getEntry(PACK))))) {
            int count = pack.readInt();
            pack.skipNBytes(count * 8L);
            for (int i = 0; i < count; i++) {
                names.add(pack.readUTF().replace('/', '.'));
                pack.readInt();
                pack.skipNBytes(pack.readInt());
            }
        }
        return names;
    }

    private static List<String> visible(List<String> names, ClassLoader loader) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            try {
                Class.forName(name, false, loader);
                found.add(name);
            } catch (ClassNotFoundException | LinkageError hidden) {
                // as it should be
            }
        }
        return found;
    }

    /** The providers that the libraries of the application find for themselves. */
    private static List<String> services() {
        List<String> found = new ArrayList<>();
        for (String service : List.of(
                "org.slf4j.spi.SLF4JServiceProvider",
                "reactor.blockhound.integration.BlockHoundIntegration",
                "io.micrometer.context.ContextAccessor",
                "java.nio.file.spi.FileSystemProvider",
                "javax.enterprise.inject.spi.Extension")) {
            try {
                ServiceLoader.load(Class.forName(service)).stream()
                        .map(provider -> provider.type())
                        .filter(type -> type.getModule().getLayer() == null)
                        .forEach(type -> found.add(type.getName()));
            } catch (ClassNotFoundException notUsed) {
                // the application has no such library
            }
        }
        return found;
    }

    /** Those that run code of the agent's, by name. */
    private static TreeSet<String> threadsOfTheAgent() {
        TreeSet<String> names = new TreeSet<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            for (StackTraceElement frame : stack) {
                if (frame.getClassName().startsWith("dev.chatstream.agent.")) {
                    names.add(thread.getName());
                }
            }
        });
        return names;
    }
}
