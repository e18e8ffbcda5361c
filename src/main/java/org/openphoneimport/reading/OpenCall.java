package org.openphoneimport.reading;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.OpenParts;
import org.openphoneimport.call.PartKind;
import org.openphoneimport.openphone.Generation;

/**
 * A call that is asked for what belongs to it.
 *
 * @param number {@code PN...}, null when the call names none
 * @param begun when the call was created, from which its transcript counts; null when OpenPhone does not say
 * @param kinds what is asked for
 * @param generation of the API that is asked
 */
public record OpenCall(String id, @Nullable String number, @Nullable Instant begun, List<PartKind> kinds, Generation generation)
        implements
            OpenItem {

    /**
     * A call of a batch.
     *
     * @param generation of the run that asks; calls of several parties only the API of 2026-03-30 knows
     */
    public static OpenCall of(OpenParts open, Generation generation) {
        return new OpenCall(open.call(), open.number(), open.begun(), open.kinds(),
                open.group() ? Generation.DATED : generation);
    }

    @Override
    public String kind() {
        return "calls";
    }
}
