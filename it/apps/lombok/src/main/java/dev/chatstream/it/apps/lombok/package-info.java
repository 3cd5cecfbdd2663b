/** A chat service that Lombok writes a part of. */
@NullMarked
package dev.chatstream.it.apps.lombok;

import org.jspecify.annotations.NullMarked;
