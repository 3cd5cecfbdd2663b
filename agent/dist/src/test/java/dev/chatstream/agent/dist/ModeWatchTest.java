package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The mode in the config file")
class ModeWatchTest {

    @TempDir
    Path folder;

    private final List<Mode> switched = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Journal journal = new Journal() {
        @Override
        public boolean tells(Level level) {
            return true;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
            lines.add(message);
        }
    };
    private Path file;
    private final HandTicker ticker = new HandTicker();
    private ModeWatch watch;

    @BeforeEach
    void aConfigFile() {
        file = folder.resolve("chatstream.properties");
        watch = new ModeWatch(file, switched::add, ticker, journal);
    }

    private void look(String text) throws IOException {
        Files.writeString(file, text);
        watch.look();
    }

    @Test
    void isFollowed() throws IOException {
        look("lock-ttl=60s\nmode = observe ");
        look("mode=off");
        look("mode=ENFORCE");
        assertThat(switched).containsExactly(Mode.OBSERVE, Mode.OFF, Mode.ENFORCE);
        assertThat(lines).isEmpty();
    }

    @Test
    void isReadEveryTenSeconds() throws IOException {
        watch.start();
        Files.writeString(file, "mode=off");
        ticker.pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(switched).isEmpty();
        ticker.pass(Duration.ofNanos(1));
        assertThat(switched).containsExactly(Mode.OFF);
        Files.writeString(file, "mode=observe");
        ticker.pass(Duration.ofSeconds(10));
        assertThat(switched).containsExactly(Mode.OFF, Mode.OBSERVE);
    }

    @Test
    void thatIsNotNamedAnyMoreIsTheStandard() throws IOException {
        look("mode=off");
        look("mode=");
        look("");
        assertThat(switched).containsExactly(Mode.OFF, Mode.ENFORCE, Mode.ENFORCE);
    }

    @Test
    void thatIsWrongIsSaidOnceAndChangesNothing() throws IOException {
        look("mode=observ");
        look("mode=observ");
        assertThat(switched).isEmpty();
        assertThat(lines)
                .containsExactly("mode=observ (file " + file + ") is not allowed: write enforce, observe or off."
                        + " The mode stays as it is.");
        look("mode=observe");
        look("mode=observ");
        assertThat(lines).hasSize(2);
    }

    @Test
    void ofAFileThatCannotBeReadStaysAsItIsAndThatIsSaidOnce() throws IOException {
        look("mode=off");
        Files.delete(file);
        watch.look();
        watch.look();
        assertThat(switched).containsExactly(Mode.OFF);
        assertThat(lines).singleElement().asString().contains("cannot be read", file.toString());
    }
}
