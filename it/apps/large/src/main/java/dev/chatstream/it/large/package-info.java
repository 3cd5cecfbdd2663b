/** A service of a common size, which starts and ends. */
@NullMarked
package dev.chatstream.it.large;

import org.jspecify.annotations.NullMarked;
