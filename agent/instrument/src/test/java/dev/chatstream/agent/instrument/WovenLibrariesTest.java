package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every method of every library of the tests is woven, and the JVM verifies the result: code of javac, of Kotlin, of
 * optimisers and generators, of Java 1.4 to 21. Where a type that is not there keeps the JVM from it, it is kept from it unwoven too.
 */
@DisplayName("Every method of the libraries at hand, woven,")
class WovenLibrariesTest {

    /** Larger ones are more of the same: two minutes. */
    private static final long LARGEST = 8_000_000;

    private final Loom loom = new Loom();
    private int methods;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isVerifiedByTheJvm(boolean followsArguments) throws Exception {
        Map<String, byte[]> files = files();
        Map<String, String> asTheyAre = verified(files, file -> file);
        Map<String, String> woven = verified(files, file -> weave(file, followsArguments));
        assertThat(asTheyAre.entrySet())
                .as("a type that is cast to need not be there")
                .containsAll(woven.entrySet());
        assertThat(woven.values()).noneMatch(error -> error.contains("VerifyError"));
        assertThat(methods).isGreaterThan(20_000);
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        String paths = System.getProperty("loom.jars", System.getProperty("java.class.path"));
        for (String path : paths.split(File.pathSeparator)) {
            if (path.endsWith(".jar") && Files.size(Path.of(path)) < LARGEST) {
                read(path, files);
            }
        }
        return files;
    }

    private static void read(String path, Map<String, byte[]> files) throws IOException {
        try (JarFile jar = new JarFile(path)) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        files.putIfAbsent(name.substring(0, name.length() - 6).replace('/', '.'), in.readAllBytes());
                    }
                }
            }
        }
    }

    private byte[] weave(byte[] file, boolean followsArguments) {
        ClassReader reader = new ClassReader(file);
        Map<String, Site> sites = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access, String name, String descriptor, String generic, String[] exceptions) {
                        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0 && !name.startsWith("<")) {
                            sites.put(name + descriptor, new Site.ByReceiver("", null, followsArguments));
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        methods += sites.size();
        Set<String> woven = new HashSet<>(sites.keySet());
        return loom.weave(reader.getClassName(), file, new Plan(sites, Map.of(), woven, new Lines()));
    }

    /** By class, what keeps the JVM from linking it. */
    private static Map<String, String> verified(Map<String, byte[]> files, Function<byte[], byte[]> change) {
        Libraries loader = new Libraries(files, change);
        Map<String, String> errors = new HashMap<>();
        for (String name : files.keySet().stream().sorted().toList()) {
            try {
                Method[] linked = Class.forName(name, false, loader).getDeclaredMethods(); // which links it first
                assertThat(linked).isNotNull();
            } catch (ClassNotFoundException | LinkageError | TypeNotPresentException error) {
                errors.put(name, error.toString());
            }
        }
        return errors;
    }

    private static final class Libraries extends ClassLoader {
        private final Map<String, byte[]> files;
        private final Function<byte[], byte[]> change;

        Libraries(Map<String, byte[]> files, Function<byte[], byte[]> change) {
            super(ClassLoader.getPlatformClassLoader());
            this.files = files;
            this.change = change;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] file = files.get(name);
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] changed = change.apply(file);
            return defineClass(name, changed, 0, changed.length);
        }
    }
}
