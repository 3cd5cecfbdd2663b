/** What is particular to Project Reactor. */
@NullMarked
package dev.chatstream.agent.adapters.reactor;

import org.jspecify.annotations.NullMarked;
