/** A chat service as a bundle. */
@NullMarked
package dev.chatstream.it.osgi;

import org.jspecify.annotations.NullMarked;
