package org.springframework.aop.framework;

import org.jspecify.annotations.Nullable;

/** Of Spring's interface, what the agent asks. */
public interface Advised {
    @Nullable
    Class<?> getTargetClass();
}
