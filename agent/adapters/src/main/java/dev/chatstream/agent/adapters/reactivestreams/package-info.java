/** Reactive Streams. */
@NullMarked
package dev.chatstream.agent.adapters.reactivestreams;

import org.jspecify.annotations.NullMarked;
