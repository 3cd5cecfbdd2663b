/** A chat service whose answers are publishers of every kind. */
@NullMarked
package dev.chatstream.it.apps.publishers;

import org.jspecify.annotations.NullMarked;
