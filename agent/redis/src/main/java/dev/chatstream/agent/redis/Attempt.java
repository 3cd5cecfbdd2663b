package dev.chatstream.agent.redis;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;

/** One sending of a query over one connection. Lives on the loop. */
final class Attempt extends Command<byte[], byte[], Object> {

    private final Query query;
    private final Wire wire;
    private final Reply reply;
    private final long sentAt = System.nanoTime();
    private boolean left;

    Attempt(Query query, Wire wire, CommandType type, Words words) {
        this(query, wire, type, words, new Reply());
    }

    private Attempt(Query query, Wire wire, CommandType type, Words words, Reply reply) {
        super(type, reply, words);
        this.query = query;
        this.wire = wire;
        this.reply = reply;
    }

    Query query() {
        return query;
    }

    Wire wire() {
        return wire;
    }

    Reply reply() {
        return reply;
    }

    long sentAt() {
        return sentAt;
    }

    /** Whether its bytes were made: until then it certainly has not reached the server. */
    boolean hasLeft() {
        return left;
    }

    /** A query that is finished, by its deadline, is not written any more. */
    @Override
    public boolean isDone() {
        return super.isDone() || query.isFinished();
    }

    @Override
    public void encode(ByteBuf buffer) {
        left = true;
        super.encode(buffer);
    }

    @Override
    public void complete() {
        super.complete();
        wire.answered(this);
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        super.completeExceptionally(cause);
        wire.broke(this);
        return true;
    }

    @Override
    public void cancel() {
        super.cancel();
        wire.broke(this);
    }
}
