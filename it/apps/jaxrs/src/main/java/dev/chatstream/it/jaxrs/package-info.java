/** A chat service on JAX-RS. */
@NullMarked
package dev.chatstream.it.jaxrs;

import org.jspecify.annotations.NullMarked;
