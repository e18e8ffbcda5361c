package org.openphoneimport.invocation;

/**
 * A way to somewhere else that each copy of a snapshot would have to find first, with all the classes that it takes. It is gone
 * once before the snapshot; that it leads nowhere then is no harm. It must not be a {@code @DefaultBean}, which CDI leaves out
 * beside other primers.
 */
public interface Primer {

    /** Goes there and back, and changes nothing. */
    void prime();
}
