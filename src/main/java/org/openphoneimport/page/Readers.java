package org.openphoneimport.page;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.run.Run;
import org.openphoneimport.verification.Testimony;

/** Which API read a run, which one testified, and what that found, in words. */
final class Readers {

    private Readers() {
    }

    /** @param testimony of its verification; null before */
    static String words(Run run, @Nullable Testimony testimony) {
        return "Read through " + run.api + (run.witness == null ? " alone" : "") + witness(run, testimony);
    }

    private static String witness(Run run, @Nullable Testimony testimony) {
        if (run.witness == null) {
            return ": OPENPHONE_API names no other";
        }
        if (run.witnessObstacle != null) {
            return ". " + Format.shortened(run.witnessObstacle);
        }
        if (run.disagreedAt != null) {
            return "; " + run.witness + " differed, so conversations were read through both";
        }
        if (testimony == null) {
            return "; " + run.witness + " is asked to confirm it";
        }
        if (testimony.compared() == 0) {
            return "; the conversations that " + run.witness + " lists are here as well";
        }
        return "; compared with " + run.witness + ": " + Format.counted(testimony.compared(), "conversation") + ", "
                + (testimony.found() == 0 ? "no difference" : Format.counted(testimony.found(), "difference"));
    }
}
