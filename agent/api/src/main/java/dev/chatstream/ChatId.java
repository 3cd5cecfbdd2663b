package dev.chatstream;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter that is the chat id of a {@link ChatStream} method whose {@link ChatStream#chatId()} is empty.
 *
 * <p>A parameter that is not a String is taken by {@link String#valueOf(Object)}. Exactly one parameter of the method
 * is marked; anything else is reported in the agent's log when the class is loaded, and the method stays unguarded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ChatId {}
