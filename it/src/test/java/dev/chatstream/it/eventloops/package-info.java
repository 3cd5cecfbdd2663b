/** An application whose threads must not block, watched by BlockHound. */
@NullMarked
package dev.chatstream.it.eventloops;

import org.jspecify.annotations.NullMarked;
