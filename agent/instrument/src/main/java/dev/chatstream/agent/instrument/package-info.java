/** Finds, weaves and adapts the guarded methods; knows nothing of Redis. */
@NullMarked
package dev.chatstream.agent.instrument;

import org.jspecify.annotations.NullMarked;
