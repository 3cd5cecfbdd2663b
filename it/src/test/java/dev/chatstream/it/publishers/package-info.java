/** Publishers of every kind, with their real libraries and the shipped jar. */
@NullMarked
package dev.chatstream.it.publishers;

import org.jspecify.annotations.NullMarked;
