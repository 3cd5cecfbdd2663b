/** Undertow, for the service of the Spring MVC tests. */
@NullMarked
package dev.chatstream.it.undertow;

import org.jspecify.annotations.NullMarked;
