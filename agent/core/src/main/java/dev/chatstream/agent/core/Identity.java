package dev.chatstream.agent.core;

/**
 * Who a stream is.
 *
 * @param chatId empty: it has no chat
 * @param ownId whether the stream id was made here, so that no other pod and no later call can have it
 */
record Identity(Call call, String chatId, String streamId, boolean ownId) {

    /** Whether both are streams of one call: subscriptions to what it returned, which are not the same message again. */
    @SuppressWarnings("ReferenceEquality") // an equal call is another one
    boolean isOfCallOf(Identity other) {
        return call == other.call;
    }

    /** How the stream is named in every line. */
    @Override
    public String toString() {
        return Narrator.name(chatId, streamId, call.requestId(), call.rule().method());
    }
}
