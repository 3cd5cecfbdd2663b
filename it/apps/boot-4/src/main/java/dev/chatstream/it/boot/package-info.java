/** A chat service on Spring Boot. */
@NullMarked
package dev.chatstream.it.boot;

import org.jspecify.annotations.NullMarked;
