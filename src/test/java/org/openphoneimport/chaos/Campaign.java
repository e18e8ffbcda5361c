package org.openphoneimport.chaos;

/** How much of everything: a taste in every build, and the full numbers under the profile chaos. */
final class Campaign {

    /** Whether the full numbers are run. */
    static final boolean FULL = Boolean.getBoolean("chaos.full");

    /** Whether runs go through the API of 2026-03-30: {@code -Dchaos.api=2026-03-30}. */
    static final boolean DATED = "2026-03-30".equals(System.getProperty("chaos.api"));

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
