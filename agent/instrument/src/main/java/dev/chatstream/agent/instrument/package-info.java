/**
 * Finds the guarded methods, weaves them, and brings their calls to the engine and back.
 *
 * <p>{@link dev.chatstream.agent.instrument.Weaving} is the way in. {@code agent/docs/weaving.md} tells the way of one call
 * and the order in which to read. Knows nothing of Redis.
 */
@NullMarked
package dev.chatstream.agent.instrument;

import org.jspecify.annotations.NullMarked;
