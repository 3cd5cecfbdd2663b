package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.chat.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that lost something on its way: the application runs as without it. */
class BrokenJarIT {

    @TempDir
    Path directory;

    @Test
    void aJarWithNothingInsideIsOneLine() throws IOException {
        assertOneLine(copy(name -> name.startsWith("inst/"), Damage.GONE));
    }

    @Test
    void aClassThatIsCutOffIsOneLine() throws IOException {
        assertOneLine(copy(name -> name.endsWith("/dist/Composition.classdata"), Damage.CUT));
    }

    @Test
    void aClassOfZerosIsOneLine() throws IOException {
        assertOneLine(copy(name -> name.endsWith("/dist/SettingsTable.classdata"), Damage.ZEROS));
    }

    @Test
    void aClassThatIsMissingFurtherInIsSaidAndTheApplicationRuns() throws IOException {
        Jvm.Ended ended = run(copy(name -> name.endsWith("/instrument/Transformer.classdata"), Damage.GONE));

        assertThat(ended.out()).containsExactly("the application ran");
        assertThat(ended.err())
                .first()
                .asString()
                .contains("nothing is guarded, and the application runs as without it");
        assertThat(ended.err()).allMatch(line -> line.startsWith("[chatstream] "));
    }

    @Test
    void aJarThatIsCutInHalfIsRefusedByTheJvmItself() throws IOException {
        byte[] whole = Files.readAllBytes(Jvm.agent());
        Path half = Files.write(directory.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));

        Jvm.Ended ended = run(half);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("Error occurred during initialization of VM");
        assertThat(ended.err()).contains("Error opening zip file or JAR manifest missing : " + half);
    }

    private void assertOneLine(Path jar) {
        Jvm.Ended ended = run(jar);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).containsExactly("the application ran");
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith(
                        "[chatstream] The agent cannot start, and the application runs without it. Is the agent's jar"
                                + " whole? (java.lang.");
    }

    private Jvm.Ended run(Path jar) {
        return new Jvm(directory).with("-javaagent:" + jar).running(Plain.class).end();
    }

    private enum Damage {
        GONE,
        CUT,
        ZEROS
    }

    private Path copy(Predicate<String> hurt, Damage damage) throws IOException {
        Path copy = directory.resolve("hurt.jar");
        try (ZipFile whole = new ZipFile(Jvm.agent().toFile());
                OutputStream file = Files.newOutputStream(copy);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : List.copyOf(whole.stream().toList())) {
                boolean hit = hurt.test(entry.getName());
                if (hit && damage == Damage.GONE) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = whole.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    out.write(hit ? hurt(bytes, damage) : bytes);
                }
            }
        }
        return copy;
    }

    private static byte[] hurt(byte[] bytes, Damage damage) {
        return damage == Damage.CUT ? Arrays.copyOf(bytes, bytes.length / 2) : new byte[bytes.length];
    }
}
