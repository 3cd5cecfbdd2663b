/** Returns whatever of the JDK goes on after a method: what is read, and futures. */
@NullMarked
package dev.chatstream.it.apps.jdk;

import org.jspecify.annotations.NullMarked;
