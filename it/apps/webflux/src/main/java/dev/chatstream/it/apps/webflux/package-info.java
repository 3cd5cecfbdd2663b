/** A chat service on WebFlux. */
@NullMarked
package dev.chatstream.it.apps.webflux;

import org.jspecify.annotations.NullMarked;
