/** A chat service that saves what it has of an answer. */
@NullMarked
package dev.chatstream.it.apps.saving;

import org.jspecify.annotations.NullMarked;
