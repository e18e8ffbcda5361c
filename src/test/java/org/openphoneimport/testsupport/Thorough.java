package org.openphoneimport.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Takes seconds, for a variant of what another test of every build holds or for something that seldom changes. It runs under
 * {@code -Pthorough}, under {@code -Pchaos}, and whenever it is named with {@code -Dtest}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag("thorough")
public @interface Thorough {
}
