@NullMarked
package dev.chatstream.agent.adapters.springmvc;

import org.jspecify.annotations.NullMarked;
