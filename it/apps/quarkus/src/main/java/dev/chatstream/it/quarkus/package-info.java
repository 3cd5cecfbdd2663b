/** A chat service on Quarkus. */
@NullMarked
package dev.chatstream.it.quarkus;

import org.jspecify.annotations.NullMarked;
