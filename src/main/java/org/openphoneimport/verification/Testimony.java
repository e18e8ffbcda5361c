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
 * @param disagreed whether both differed for no documented reason, in this run or one since the last whole historical import
 * @param compared conversations that were read through both
 * @param found how many differences that showed, and how many of these could not be compared
 * @param whole whether both APIs speak of all that is stored: the one has listed all of it, and a sample of all of it was
 *        compared
 *        with the other; not where one of them could not be asked when it was imported
 */
@RegisterForReflection
public record Testimony(String api, @Nullable String witness, @Nullable String obstacle, boolean disagreed, long compared,
        long found, boolean whole) {

    /** Whether both generations say the same. */
    public boolean agree() {
        return witness != null && !listsOnly() && obstacle == null && !disagreed && found == 0;
    }

    /** Whether the witness was asked for the list of conversations, and for nothing that is in them. */
    public boolean listsOnly() {
        return Generation.DATED.text().equals(witness) && obstacle == null;
    }

    /** The generation that the verification asked. */
    public String verifier() {
        return Generation.V1.text().equals(witness) && obstacle == null ? Generation.V1.text() : api;
    }
}
