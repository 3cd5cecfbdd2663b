/** A chat service on Helidon. */
@NullMarked
package dev.chatstream.it.helidon;

import org.jspecify.annotations.NullMarked;
