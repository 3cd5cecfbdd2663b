/** Kotlin's functions that suspend, over kotlinx.coroutines. */
@NullMarked
package dev.chatstream.agent.adapters.kotlin;

import org.jspecify.annotations.NullMarked;
