package dev.chatstream.agent.instrument;

import java.util.Map;
import java.util.Set;

/**
 * What is to become of one class.
 *
 * @param sites by method; bridges to a guarded method are there too, so that it is found by either descriptor
 * @param adopted sites of inherited methods, which are woven where they stand
 * @param woven the methods that are woven
 * @param lines what is to be said
 */
record Plan(Map<String, Site> sites, Map<String, Site> adopted, Set<String> woven, Lines lines) {

    /** Whether calls are guarded by what is said here, be it in this class or for it. */
    boolean guardsAny() {
        if (!adopted.isEmpty()) {
            return true;
        }
        for (Site site : sites.values()) {
            if (!(site instanceof Site.ByReceiver some) || some.otherwise() != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether what stands for an argument of this method has to get into its body. */
    boolean followsArguments(String method) {
        Site site = sites.get(method);
        return site instanceof Site.ByReceiver some
                ? some.followsArguments()
                : site instanceof Site.Guarded guarded && guarded.followsArguments();
    }
}
