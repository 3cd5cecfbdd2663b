/**
 * The shipped jar from outside: real processes, a real Redis, what they print and what Redis holds. All of it is test
 * code; the benchmarks stand beside it.
 */
@NullMarked
package dev.chatstream.it;

import org.jspecify.annotations.NullMarked;
