/** The shipped jar in real processes on a real Redis, from outside only. Tests are named after the sentences of the product's promise. */
@NullMarked
package dev.chatstream.it;

import org.jspecify.annotations.NullMarked;
