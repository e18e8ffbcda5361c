package org.openphoneimport.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Costs more than it finds: the mistakes of {@code mutants/} that it is needed for are few for the time that it takes.
 * {@code .ci/run} runs it before a change lands; a build while one works does not. It also runs under {@code -Planding},
 * {@code -Pthorough}, {@code -Pchaos}, and whenever it is named with {@code -Dtest}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag("landing")
public @interface Landing {
}
