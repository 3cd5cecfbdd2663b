/** A chat service in the place where its code comes from: on a class path, in a module, in a container. */
@NullMarked
package dev.chatstream.it.place;

import org.jspecify.annotations.NullMarked;
