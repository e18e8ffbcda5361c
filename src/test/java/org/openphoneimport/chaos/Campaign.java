package org.openphoneimport.chaos;

/** How much of everything: a taste in every build, and the full numbers under the profile chaos. */
final class Campaign {

    /** Whether the full numbers are run. */
    static final boolean FULL = Boolean.getBoolean("chaos.full");

    private Campaign() {
    }

    /** One or the other. */
    static <T> T size(T inEveryBuild, T full) {
        return FULL ? full : inEveryBuild;
    }

    /** Says what was measured, or from which seed something was made. */
    static void note(String what) {
        System.out.println("CHAOS " + what);
    }
}
