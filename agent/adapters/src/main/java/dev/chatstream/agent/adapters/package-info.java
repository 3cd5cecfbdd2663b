/**
 * Adapters to libraries of the application's, one package a library, compiled against it. Each is defined anew beside every
 * copy of its library, in a loader that takes what is the agent's from the agent and everything else from the library's loader;
 * so none of them may be named by the agent's other parts, and none knows another library than its own.
 */
@NullMarked
package dev.chatstream.agent.adapters;

import org.jspecify.annotations.NullMarked;
