package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.RecordingJournal;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.agent.ByteBuddyAgent;

/** The agent, installed into the test's own JVM over a fake engine; closed again after the test. */
final class Woven implements AutoCloseable {

    static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    final FakeEngine engine = new FakeEngine();
    final RecordingJournal journal = new RecordingJournal();
    final Optional<Weaving> weaving;

    private Woven(boolean strict) {
        weaving = Weaving.install(INSTRUMENTATION, engine, engine, () -> {}, journal, strict);
    }

    static Woven installed() {
        return new Woven(false);
    }

    static Woven strict() {
        return new Woven(true);
    }

    /** What was said at WARN and above. */
    List<String> said() {
        return journal.lines().stream()
                .filter(line -> line.level().compareTo(Level.WARN) <= 0)
                .map(line -> line.cause() == null ? line.message() : line.message() + line.cause())
                .toList();
    }

    @Override
    public void close() {
        weaving.ifPresent(Weaving::close);
    }
}
