package dev.chatstream.it.chaos;

/** A promise that was not kept. Times by System.nanoTime; the chat is empty where it is none of a chat. */
record Violation(String rule, String chat, long from, long to, String what) {}
