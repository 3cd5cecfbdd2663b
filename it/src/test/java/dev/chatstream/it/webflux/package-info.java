/** WebFlux on a real Reactor Netty, over both versions of HTTP, with the shipped jar. */
@NullMarked
package dev.chatstream.it.webflux;

import org.jspecify.annotations.NullMarked;
