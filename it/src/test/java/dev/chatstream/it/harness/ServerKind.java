package dev.chatstream.it.harness;

import java.util.List;
import java.util.function.Function;

/** A kind of server that tests can run on. */
public record ServerKind(String name, Function<List<String>, RedisUnderTest> starter) {

    public RedisUnderTest start(List<String> options) {
        return starter.apply(options);
    }

    @Override
    public String toString() {
        return name;
    }
}
