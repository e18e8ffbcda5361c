package org.openphoneimport.status;

/**
 * What an import changes around it and puts back when it ends, as long as it is not back.
 *
 * @param readOnly whether applications are told not to write, or a role cannot
 * @param webhooksOff webhooks that are off
 * @param followUpDue whether what came while they were off is still to be imported
 */
record LooseEnds(boolean readOnly, long webhooksOff, boolean followUpDue) {

    static final LooseEnds NONE = new LooseEnds(false, 0, false);
}
