/** Whether a Stop reaches the model: applications with libraries of their own, and a model that counts what it says. */
@NullMarked
package dev.chatstream.it.upstream;

import org.jspecify.annotations.NullMarked;
