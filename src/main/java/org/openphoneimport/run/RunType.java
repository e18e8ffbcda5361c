package org.openphoneimport.run;

/** What a run is for. Both are the same work over different windows. */
public enum RunType {
    /** Everything there is, before a company goes live on its own system. */
    HISTORICAL,
    /** What is new or has changed, every day after. */
    RECONCILIATION
}
