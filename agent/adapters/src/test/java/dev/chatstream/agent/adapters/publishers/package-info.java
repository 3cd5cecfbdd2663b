/** Publishers of every library keep the same rules. */
@NullMarked
package dev.chatstream.agent.adapters.publishers;

import org.jspecify.annotations.NullMarked;
