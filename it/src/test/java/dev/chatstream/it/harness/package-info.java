/** What the tests need: a real Redis, application processes with the shipped jar, a client that speaks to Redis as any other does. */
@NullMarked
package dev.chatstream.it.harness;

import org.jspecify.annotations.NullMarked;
