package dev.chatstream.agent.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where a thread is, in one line of at most 20 frames. */
final class Stacks {

    private static final int FRAMES = 20;

    private Stacks() {}

    static String of(Thread thread) {
        String frames = Arrays.stream(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return "Thread " + Ids.shown(thread.getName()) + " is at " + (frames.isEmpty() ? "(not running)" : frames);
    }
}
