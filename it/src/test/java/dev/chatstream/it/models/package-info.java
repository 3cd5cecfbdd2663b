/** What clients of models return: the tables in {@code agent/docs/shapes.md}, over the shipped jar. */
@NullMarked
package dev.chatstream.it.models;

import org.jspecify.annotations.NullMarked;
