package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.chat.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that lost something on its way: the application runs as without it. */
class BrokenJarIT {

    private static final String DIST = "dev/chatstream/agent/dist/";

    @TempDir
    Path directory;

    @Test
    void aJarWithNothingInsideIsOneLine() throws IOException {
        assertOneLine(copy(pack -> new byte[0]));
    }

    @Test
    void aPackThatIsCutOffIsOneLine() throws IOException {
        assertOneLine(copy(pack -> PackedClasses.cutOffIn(DIST + "Composition", pack)));
    }

    @Test
    void aClassOfZerosIsOneLine() throws IOException {
        assertOneLine(copy(pack -> PackedClasses.withZerosFor(DIST + "SettingsTable", pack)));
    }

    @Test
    void aPackOfNonsenseIsOneLine() throws IOException {
        assertOneLine(copy(pack -> "nonsense".repeat(pack.length / 8).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aClassThatIsMissingFurtherInIsSaidAndTheApplicationRuns() throws IOException {
        Jvm.Ended ended = run(copy(pack -> PackedClasses.without("dev/chatstream/agent/instrument/Transformer", pack)));

        assertThat(ended.out()).containsExactly("the application ran");
        assertThat(ended.err())
                .first()
                .asString()
                .contains("nothing is guarded, and the application runs as without it");
        assertThat(ended.err()).allMatch(line -> line.startsWith("[chatstream] "));
    }

    @Test
    void aToolThatHasPackedTheJarOnceMoreLeavesTheAgentWorking() throws IOException {
        Jvm.Ended ended = run(copy(pack -> pack));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).containsExactly("the application ran");
        assertThat(ended.err()).isEmpty();
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
                                + " whole? (java.");
    }

    private Jvm.Ended run(Path jar) {
        return new Jvm(directory).with("-javaagent:" + jar).running(Plain.class).end();
    }

    /** The jar, packed anew, with the class files as this leaves them. */
    private Path copy(UnaryOperator<byte[]> hurt) throws IOException {
        Path copy = directory.resolve("hurt.jar");
        try (ZipFile whole = new ZipFile(Jvm.agent().toFile());
                OutputStream file = Files.newOutputStream(copy);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : List.copyOf(whole.stream().toList())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = whole.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    out.write(entry.getName().equals(PackedClasses.ENTRY) ? hurt.apply(bytes) : bytes);
                }
            }
        }
        return copy;
    }
}
