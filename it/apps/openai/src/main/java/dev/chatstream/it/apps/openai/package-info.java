/** A chat service on openai-java. */
@NullMarked
package dev.chatstream.it.apps.openai;

import org.jspecify.annotations.NullMarked;
