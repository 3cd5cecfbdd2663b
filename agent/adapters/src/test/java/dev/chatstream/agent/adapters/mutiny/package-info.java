/** What is particular to Mutiny. */
@NullMarked
package dev.chatstream.agent.adapters.mutiny;

import org.jspecify.annotations.NullMarked;
