/** The application under test: compiled against the API only, and driven by its standard input. */
@NullMarked
package dev.chatstream.it.app;

import org.jspecify.annotations.NullMarked;
