package org.openphoneimport.verification;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WholeWorkspace;

/**
 * Asks the API of 2026-03-30 for what it gave to a run, and v1 does not show: a row that only one generation has is not gone.
 */
@ApplicationScoped
class OtherGeneration {

    private final WholeWorkspace workspace;

    OtherGeneration(WholeWorkspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the ids that it has.
     *
     * @param stored what is stored of a conversation
     * @param shown what v1 shows of it
     */
    Set<String> has(VerificationClaim claim, Caller caller, List<Comparison.Stored> stored, List<String> shown) {
        var here = new HashSet<String>();
        if (claim.generation() == Generation.DATED) {
            var seen = Set.copyOf(shown);
            stored.stream().filter(row -> !seen.contains(row.id())).filter(row -> isThere(caller, row))
                    .forEach(row -> here.add(row.id()));
        }
        return here;
    }

    private boolean isThere(Caller caller, Comparison.Stored row) {
        try {
            return (row.isMessage() ? workspace.message(caller, row.id()) : workspace.call(caller, row.id())).isPresent();
        } catch (OpenPhoneException.Rejected e) {
            // What it refuses to show is not gone either.
            return true;
        }
    }
}
