package dev.chatstream.agent.instrument;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A supertype with the name of a library's")
class KnownLibrariesTest {

    private final Woven woven = Woven.installed();

    @AfterEach
    void close() {
        woven.close();
    }

    /** The subjects in another package, and which of their files were read. */
    private static final class Moved extends Application {
        private final List<String> read = new CopyOnWriteArrayList<>();
        private final Map<String, byte[]> files = new HashMap<>();
        private final String to;

        Moved(String to, String... subjects) {
            this.to = to;
            for (String subject : subjects) {
                byte[] file = moved(requireNonNull(compiled(SUBJECTS + subject)), to);
                files.put(to + subject + ".class", file);
                give(nameOf(subject), file);
            }
        }

        String nameOf(String subject) {
            return to.replace('/', '.') + subject;
        }

        private static byte[] moved(byte[] file, String to) {
            ClassWriter writer = new ClassWriter(0);
            String from = SUBJECTS.replace('.', '/');
            Remapper names = new Remapper(net.bytebuddy.jar.asm.Opcodes.ASM9) {
                @Override
                public String map(String name) {
                    return name.startsWith(from) ? to + name.substring(from.length()) : name;
                }
            };
            new ClassReader(file).accept(new ClassRemapper(writer, names), 0);
            return writer.toByteArray();
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] file = files.get(name);
            if (file == null) {
                return super.getResourceAsStream(name);
            }
            read.add(name);
            return new ByteArrayInputStream(file);
        }
    }

    @Test
    void isNotRead() throws Exception {
        Moved library = new Moved("org/hibernate/some/", "Service", "Services$Plain");

        library.loadClass(library.nameOf("Services$Plain"));

        assertThat(library.read).doesNotContain("org/hibernate/some/Service.class");
    }

    @Test
    void isReadWhereItIsAnExamplesApplication() throws Exception {
        Moved sample = new Moved("org/springframework/samples/", "Service", "Services$Plain");

        Object plain = sample.loadClass(sample.nameOf("Services$Plain"))
                .getDeclaredConstructor()
                .newInstance();
        Application.call(plain, "ask", "c");

        assertThat(sample.read).contains("org/springframework/samples/Service.class");
        assertThat(woven.engine.visits).hasSize(1);
    }

    @Test
    void isFoundAllTheSameIfItSaysThatAMethodIsGuardedAndThatItWasLateIsSaid() throws Exception {
        Moved own = new Moved("org/apache/acme/", "Service", "Services$Plain");
        Object plain = own.loadClass(own.nameOf("Services$Plain"))
                .getDeclaredConstructor()
                .newInstance();

        Await.until(() -> {
            Application.call(plain, "ask", "c");
            return !woven.engine.visits.isEmpty();
        });
        Await.until(() -> !woven.said().isEmpty());

        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .contains("org.apache.acme.Services$Plain is guarded only now")
                        .contains("org.apache.acme.Service has the name of a library's"));
    }

    /** As out of an AOT cache. */
    @Test
    void isLookedAtWhenTheApplicationHasBegunWhereItWasThereBeforeTheAgent() throws Exception {
        woven.close();
        Moved library = new Moved("org/apache/some/", "Methods");
        Class<?> type = library.loadClass(library.nameOf("Methods"));
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        LoadedBefore.HeadStart headStart = () -> {
            waiting.countDown();
            begun.await();
        };
        try (Woven late = Woven.installedAfter(library.number, headStart)) {
            waiting.await();
            Application.call(type.getDeclaredConstructor().newInstance(), "plain", "before");
            assertThat(library.read).isEmpty();
            assertThat(late.engine.visits).isEmpty();

            begun.countDown();
            Await.until(() -> late.said().stream().anyMatch(line -> line.contains("guarded only now")));

            Application.call(type.getDeclaredConstructor().newInstance(), "plain", "c");

            assertThat(late.engine.only().call.chatId()).isEqualTo("c");
            assertThat(late.said())
                    .contains("org.apache.some.Methods is guarded only now, some time after it was loaded, since it was"
                            + " loaded before, and has the name of a library's: a call in between ran unguarded.");
        }
    }
}
