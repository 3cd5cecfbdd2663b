package dev.chatstream.agent.dist;

/** Whether anything is enforced; {@code OFF} is no matter of the engine's, since it never sees such calls. */
enum Mode {
    ENFORCE,
    OBSERVE,
    OFF
}
