package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream is open until the bytes or characters that its method returned have been read")
class ReadShapesTest extends ReturnedValues {

    ReadShapesTest() throws Exception {
        super(Woven.installed());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesToTheirEnd() throws Exception {
        InputStream stream = call("bytes", bytes("abc"));
        assertThat(stream.read()).isEqualTo('a');
        assertThat(stream.skip(1)).isEqualTo(1);
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
        assertThat(stream.readAllBytes()).containsExactly('c');
        isOver();
    }

    @Test
    void bytesThatAreClosed() throws Exception {
        InputStream stream = call("bytes", bytes("abc"));
        stream.close();
        isOver();
    }

    @Test
    void whateverIsDeclaredButWhereTheCallerMayCastToTheClassItself() throws Exception {
        InputStream named = bytes("abc");
        assertThat(this.<Object>call("object", named)).isSameAs(named);
        InputStream nameless = call("object", new FilterInputStream(named) {});
        assertThat(woven.engine.visits.getLast().events)
                .as("its class extends one that can be named")
                .containsExactly("leave");
        nameless.close();
        InputStream own = call("object", new InputStream() {
            @Override
            public int read() {
                return -1;
            }
        });
        assertThat(own.read()).isEqualTo(-1);
        assertThat(woven.engine.visits.getLast().events).containsExactly("hold", "leave", "released");
    }

    @Test
    void bytesThatCannotBeRead() throws Exception {
        InputStream closed = new PipedInputStream();
        InputStream stream = call("bytes", closed);
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessage("Pipe not connected");
        isOver();
    }

    @Test
    void bytesOfAStreamThatIsAborted() throws Exception {
        InputStream stream = call("bytes", bytes("abc"));
        stream.read();
        woven.engine.only().abort(AbortReason.STOPPED);
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasCauseInstanceOf(ChatAbortedException.class);
        isOver();
    }

    /** Whoever reads waits for what never comes, until the abort closes it. */
    @Test
    void bytesOfAStreamThatIsAbortedWhileSomebodyWaitsForThem() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket silent = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket other = server.accept()) {
            InputStream stream = call("bytes", silent.getInputStream());
            Thread reader = Thread.currentThread();
            Thread abort = Thread.ofPlatform().start(() -> abortOnceItReads(reader));
            assertThatThrownBy(stream::read)
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(ChatAbortedException.class);
            abort.join();
            assertThat(other.isConnected()).isTrue();
        }
        isOver();
    }

    private void abortOnceItReads(Thread reader) {
        try {
            Await.until(() -> isReading(reader));
        } catch (Exception tooLate) {
            throw new IllegalStateException(tooLate);
        }
        woven.engine.only().abort(AbortReason.STOPPED);
    }

    private static boolean isReading(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."));
    }

    @Test
    void charactersToTheirEnd() throws Exception {
        Reader reader = call("reader", new StringReader("abc"));
        assertThat(reader.read()).isEqualTo('a');
        assertThat(reader.transferTo(Writer.nullWriter())).isEqualTo(2);
        isOver();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "lines", "object"})
    void linesToTheirEnd(String method) throws Exception {
        BufferedReader reader = call(method, new BufferedReader(new StringReader("a\nb")));
        assertThat(reader.readLine()).isEqualTo("a");
        assertThat(reader.lines()).containsExactly("b");
        isOver();
    }

    @Test
    void linesOfAStreamThatIsAborted() throws Exception {
        BufferedReader reader = call("lines", new BufferedReader(new StringReader("a\nb")));
        woven.engine.only().abort(AbortReason.STOPPED);
        assertThatThrownBy(reader::readLine)
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ChatAbortedException.class);
        reader.close();
        isOver();
    }

    @Test
    void aDeclaredTypeThatNothingElseCanStandForIsSaidWhenItIsWoven() throws Exception {
        Application.call(new Application().create("Streams$Narrow"), "filter", "c");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("#filter(String): it returns java.io.FilterInputStream, which is not followed yet");
        assertThat(woven.engine.only().events).containsExactly("leave");
    }
}
