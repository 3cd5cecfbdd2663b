/** Chat services that call a model over HTTP, driven by their standard input. */
@NullMarked
package dev.chatstream.it.apps;

import org.jspecify.annotations.NullMarked;
