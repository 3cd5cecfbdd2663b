package dev.chatstream.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Jars of other agents, made of one class of the tests each. */
public final class OtherAgent {

    private OtherAgent() {}

    /** A jar whose {@code premain} is the first class'; they use nothing but the JDK and each other. */
    public static Path jar(Path folder, Class<?> agent, String... further) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", agent.getName());
        main.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve(agent.getSimpleName() + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            add(agent.getName(), out);
            for (String name : further) {
                add(name, out);
            }
        }
        return jar;
    }

    private static void add(String name, JarOutputStream out) throws IOException {
        String entry = name.replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        try (InputStream bytes = OtherAgent.class.getClassLoader().getResourceAsStream(entry)) {
            if (bytes == null) {
                throw new IOException(entry + " is not there");
            }
            bytes.transferTo(out);
        }
    }
}
