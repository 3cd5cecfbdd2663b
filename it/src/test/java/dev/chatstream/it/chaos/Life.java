package dev.chatstream.it.chaos;

import java.util.List;

/**
 * One process from its start to its end, and all that its calls saw.
 *
 * @param ended when it certainly was gone
 * @param clean it ended by itself, after a SIGTERM or at the end of the run, while Redis was well
 */
record Life(String name, List<Story> stories, long ended, boolean clean) {

    /** When this call could not go on any more, at the latest. */
    long endOf(Story story) {
        return Math.min(story.ended, ended);
    }
}
