/**
 * The tour: starts a Redis, a database and four pods of the chat service, plays its scenes from outside, over HTTP, with signals and with
 * plain Redis commands, and measures what it sees. {@link dev.chatstream.demo.tour.Tour} is the way in; a scene is one file.
 */
@NullMarked
package dev.chatstream.demo.tour;

import org.jspecify.annotations.NullMarked;
