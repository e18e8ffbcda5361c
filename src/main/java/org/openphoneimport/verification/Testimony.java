package org.openphoneimport.verification;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Generation;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Which API read a run, which one confirmed it, and what that found.
 *
 * @param api the generation that read
 * @param witness the generation that was to confirm it; null when the configuration names one only
 * @param obstacle why the witness could not be asked, in a sentence; null when it could
 * @param disagreed whether both differed for no documented reason
 * @param compared conversations that were read through both
 * @param found how many differences that showed
 */
@RegisterForReflection
public record Testimony(String api, @Nullable String witness, @Nullable String obstacle, boolean disagreed, long compared,
        long found) {

    /** Whether both generations say the same. */
    public boolean agree() {
        return witness != null && obstacle == null && !disagreed && found == 0;
    }

    /** The generation that the verification asked. */
    public String verifier() {
        return Generation.V1.text().equals(witness) && obstacle == null ? Generation.V1.text() : api;
    }
}
