/** Stands for Spring's own package. */
@NullMarked
package org.springframework.aop.framework;

import org.jspecify.annotations.NullMarked;
