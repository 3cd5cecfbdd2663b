/** An application that uses the same libraries as the agent, in versions of its own, and looks around for the agent's. */
@NullMarked
package dev.chatstream.it.neighbours;

import org.jspecify.annotations.NullMarked;
