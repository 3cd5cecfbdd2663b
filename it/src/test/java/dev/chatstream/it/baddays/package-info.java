/** What goes wrong on machines and in class files: the application runs as without the agent, and one line says what is not guarded. */
@NullMarked
package dev.chatstream.it.baddays;

import org.jspecify.annotations.NullMarked;
