package dev.chatstream.agent.instrument;

/**
 * Where a method is said to be guarded: on itself, or on one that it overrides.
 *
 * @param method the one that carries the annotation
 * @param elements what the annotation says
 */
record Declaration(MethodFile method, Elements elements) {}
