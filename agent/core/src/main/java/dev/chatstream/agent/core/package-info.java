/** The lease, the guard, heartbeat, poller and policies; knows the JDK only. */
@NullMarked
package dev.chatstream.agent.core;

import org.jspecify.annotations.NullMarked;
