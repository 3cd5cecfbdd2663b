package dev.chatstream.agent.dist;

/** How the consumer of a returned stream sees a Stop. */
enum OnStop {
    ERROR,
    COMPLETE
}
