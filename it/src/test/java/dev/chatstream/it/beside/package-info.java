/** Other agents and tools that change classes, beside ours: the guard is as without them, and they are as without it. */
@NullMarked
package dev.chatstream.it.beside;

import org.jspecify.annotations.NullMarked;
