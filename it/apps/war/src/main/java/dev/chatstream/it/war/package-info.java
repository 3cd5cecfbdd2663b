/** A chat service for servlet containers. */
@NullMarked
package dev.chatstream.it.war;

import org.jspecify.annotations.NullMarked;
