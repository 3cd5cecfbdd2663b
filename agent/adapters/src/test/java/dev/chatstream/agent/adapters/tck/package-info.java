/** The Reactive Streams TCK over guarded publishers. */
@NullMarked
package dev.chatstream.agent.adapters.tck;

import org.jspecify.annotations.NullMarked;
