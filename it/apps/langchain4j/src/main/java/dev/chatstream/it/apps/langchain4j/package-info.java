/** A chat service on LangChain4j. */
@NullMarked
package dev.chatstream.it.apps.langchain4j;

import org.jspecify.annotations.NullMarked;
