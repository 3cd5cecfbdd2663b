package dev.chatstream.agent.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The arguments of a command, ready as bytes. Never printed: they hold ids. */
final class Words extends CommandArgs<byte[], byte[]> {

    private static final byte[] NEW_LINE = {'\r', '\n'};

    /** What stands before words of these lengths, made once: it was a quarter of what a sweep costs. */
    private static final byte[][] LENGTHS = lengths(256);

    private final byte[][] words;

    private Words(byte[][] words) {
        super(ByteArrayCodec.INSTANCE);
        this.words = words;
    }

    private static byte[][] lengths(int most) {
        byte[][] lengths = new byte[most][];
        for (int i = 0; i < most; i++) {
            lengths[i] = length(i);
        }
        return lengths;
    }

    private static byte[] length(int length) {
        return ("$" + length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static Words of(byte[]... words) {
        return new Words(words);
    }

    static Words of(List<byte[]> words) {
        return new Words(words.toArray(byte[][]::new));
    }

    /** The same with another first word: the text of a script in place of its digest. */
    Words withFirst(byte[] first) {
        byte[][] changed = words.clone();
        changed[0] = first;
        return new Words(changed);
    }

    @Override
    public int count() {
        return words.length;
    }

    @Override
    public void encode(ByteBuf buffer) {
        for (byte[] word : words) {
            buffer.writeBytes(word.length < LENGTHS.length ? LENGTHS[word.length] : length(word.length));
            buffer.writeBytes(word);
            buffer.writeBytes(NEW_LINE);
        }
    }

    @Override
    public String toCommandString() {
        return words.length + " arguments";
    }

    @Override
    public String toString() {
        return toCommandString();
    }
}
