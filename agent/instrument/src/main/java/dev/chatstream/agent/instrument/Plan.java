package dev.chatstream.agent.instrument;

import java.util.Map;
import java.util.Set;

/**
 * What is to become of one class.
 *
 * @param sites by method; bridges to a guarded method are there too, so that it is found by either descriptor
 * @param woven the methods that are woven
 * @param lines what is to be said
 */
record Plan(Map<String, Site> sites, Set<String> woven, Lines lines) {

    /** Whether what stands for an argument of this method has to get into its body. */
    boolean followsArguments(String method) {
        return sites.get(method) instanceof Site.Guarded guarded && guarded.followsArguments();
    }
}
