package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. */
final class Lines implements Journal {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public boolean tells(Level level) {
        return true;
    }

    @Override
    public void tell(Level level, String kind, String message, Throwable cause) {
        lines.add(level + " " + message + (cause == null ? "" : " " + cause));
    }

    List<String> lines() {
        return lines;
    }
}
