/** RxJava 3. */
@NullMarked
package dev.chatstream.agent.adapters.rxjava3;

import org.jspecify.annotations.NullMarked;
