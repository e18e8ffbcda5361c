package org.openphoneimport.invocation;

/** A handler that is invoked again in a minute, whatever happens: what is not there yet it waits for, without an error. */
public interface Recurring {
}
