package dev.chatstream.agent.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps every line. */
public final class RecordingJournal implements Journal {

    /** One line. */
    public record Line(
            Level level,
            String kind,
            String message,
            @Nullable Throwable cause) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile @Nullable String broken;

    @Override
    public boolean tells(Level level) {
        return true;
    }

    @Override
    public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
        if (kind.equals(broken)) {
            throw new IllegalStateException("the journal is broken for " + kind);
        }
        lines.add(new Line(level, kind, message, cause));
    }

    /** Lines of this kind throw from now on. */
    public void failFor(String kind) {
        broken = kind;
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    public List<Line> ofKind(String kind) {
        return lines.stream().filter(line -> line.kind().equals(kind)).toList();
    }
}
