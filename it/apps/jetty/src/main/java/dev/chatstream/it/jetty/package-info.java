/** Jetty, for the service of the Spring MVC tests. */
@NullMarked
package dev.chatstream.it.jetty;

import org.jspecify.annotations.NullMarked;
