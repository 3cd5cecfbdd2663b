package dev.chatstream.agent.instrument.forked;

import java.util.List;
import java.util.stream.Collectors;

/** An application without one. */
public final class Plain {

    private Plain() {}

    public static void main(String[] arguments) {
        System.out.println(List.of("it", "ran").stream().collect(Collectors.joining(" ")));
    }
}
