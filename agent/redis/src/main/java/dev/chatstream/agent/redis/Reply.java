package dev.chatstream.agent.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers: bytes, a {@code Long}, null, or a list of these. Maps and sets come as lists. Filled and read
 * on the loop.
 */
final class Reply extends CommandOutput<byte[], byte[], Object> {

    /** A list that is being filled. */
    private record Level(List<@Nullable Object> items, int size) {}

    private final Deque<Level> levels = new ArrayDeque<>(2);
    private @Nullable Object value;

    @SuppressWarnings("NullAway") // the super class keeps its output itself, and may have none
    Reply() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    @Nullable
    Object value() {
        return value;
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            add(null);
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        add(copy);
    }

    @Override
    public void set(long integer) {
        add(integer);
    }

    @Override
    public void set(double number) {
        add(Keys.bytes(Double.toString(number)));
    }

    @Override
    public void set(boolean flag) {
        add(flag ? 1L : 0L);
    }

    @Override
    public void multi(int count) {
        if (count < 0) {
            add(null);
            return;
        }
        List<@Nullable Object> items = new ArrayList<>(count);
        if (count == 0) {
            add(items);
            return;
        }
        put(items);
        levels.push(new Level(items, count));
    }

    /** What is whole: it may be the last one of its list, and that list the last of its own. */
    private void add(@Nullable Object item) {
        put(item);
        Level level = levels.peek();
        while (level != null && level.items.size() == level.size) {
            levels.pop();
            level = levels.peek();
        }
    }

    private void put(@Nullable Object item) {
        Level level = levels.peek();
        if (level == null) {
            value = item;
        } else {
            level.items.add(item);
        }
    }
}
