/**
 * Follows what a guarded method returns: until it is over its stream stays open, and an abort reaches it.
 *
 * <p>{@link dev.chatstream.agent.shapes.Shapes} is the way in and holds the table of shapes. Knows neither how methods are
 * woven nor Redis; types of the application's libraries are names here, or in the adapters.
 */
@NullMarked
package dev.chatstream.agent.shapes;

import org.jspecify.annotations.NullMarked;
