/** What is read, and futures: the table in {@code agent/docs/shapes.md}, over the shipped jar. */
@NullMarked
package dev.chatstream.it.readers;

import org.jspecify.annotations.NullMarked;
