package org.openphoneimport.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nothing happens by the clock while these tests run: keep-runs would go on with what a test has made up, or end it. Each
 * begins with nothing that an earlier one has left, and leaves nothing. It stands below {@code @QuarkusTest}, which comes
 * first.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Clock.class)
public @interface ClockStopped {
}
