/** What runs in a JVM of its own, started with the flag: an agent as it is shipped, and an application. */
@NullMarked
package dev.chatstream.agent.instrument.forked;

import org.jspecify.annotations.NullMarked;
