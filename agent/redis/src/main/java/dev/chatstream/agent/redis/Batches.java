package dev.chatstream.agent.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Cuts a question about many keys into commands: of bounded length, and on a Cluster of one slot each. */
record Batches<T>(int longest, Function<T, byte[]> key) {

    List<Query> of(Collection<T> values, boolean bySlot, BiFunction<Integer, List<Item<T>>, Query> query) {
        Map<Integer, List<Item<T>>> open = new LinkedHashMap<>();
        List<Query> queries = new ArrayList<>();
        int room = Math.min(longest, values.size());
        int index = 0;
        for (T value : values) {
            byte[] name = key.apply(value);
            int slot = bySlot ? Keys.slot(name) : Query.NO_KEY;
            List<Item<T>> batch = open.computeIfAbsent(slot, s -> new ArrayList<>(bySlot ? 1 : room));
            batch.add(new Item<>(value, name, index++));
            if (batch.size() == longest) {
                queries.add(query.apply(slot, batch));
                open.remove(slot);
            }
        }
        open.forEach((slot, batch) -> queries.add(query.apply(slot, batch)));
        return queries;
    }

    /** A value, its key, and where it stood in the question. */
    static final class Item<T> {
        private final T value;
        private final byte[] key;
        private final int index;

        Item(T value, byte[] key, int index) {
            this.value = value;
            this.key = key;
            this.index = index;
        }

        T value() {
            return value;
        }

        byte[] key() {
            return key;
        }

        int index() {
            return index;
        }
    }
}
