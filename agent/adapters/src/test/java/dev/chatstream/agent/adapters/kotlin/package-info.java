/** What is particular to Mutiny. */
@NullMarked
package dev.chatstream.agent.adapters.kotlin;

import org.jspecify.annotations.NullMarked;
