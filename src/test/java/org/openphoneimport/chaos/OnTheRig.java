package org.openphoneimport.chaos;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.openphoneimport.testsupport.BesideOthers;

/** Tests on the {@link Rig}, one at a time. They mostly wait for other processes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BesideOthers
@interface OnTheRig {
}
