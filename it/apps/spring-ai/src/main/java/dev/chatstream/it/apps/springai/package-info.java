/** A chat service on Spring AI. */
@NullMarked
package dev.chatstream.it.apps.springai;

import org.jspecify.annotations.NullMarked;
