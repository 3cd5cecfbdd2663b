/** The places where an application's code comes from, each started as its users start it. */
@NullMarked
package dev.chatstream.it.places;

import org.jspecify.annotations.NullMarked;
