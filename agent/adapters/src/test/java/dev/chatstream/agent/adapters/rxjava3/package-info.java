/** What is particular to RxJava. */
@NullMarked
package dev.chatstream.agent.adapters.rxjava3;

import org.jspecify.annotations.NullMarked;
