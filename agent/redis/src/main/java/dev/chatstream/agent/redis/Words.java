package dev.chatstream.agent.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The arguments of a command, ready as bytes. Never printed: they hold ids. */
final class Words extends CommandArgs<byte[], byte[]> {

    private static final byte[] NEW_LINE = {'\r', '\n'};

    private final byte[][] words;

    private Words(byte[][] words) {
        super(ByteArrayCodec.INSTANCE);
        this.words = words;
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
            buffer.writeByte('$');
            buffer.writeCharSequence(Integer.toString(word.length), StandardCharsets.US_ASCII);
            buffer.writeBytes(NEW_LINE);
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
