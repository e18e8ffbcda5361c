package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

/** The checks that Postgres can make alone, once OpenPhone has been asked for everything that they need. */
@ApplicationScoped
class Checks {

    private final ReadingChecks readings;
    private final StoredChecks stored;
    private final AbsenceChecks absences;

    Checks(ReadingChecks readings, StoredChecks stored, AbsenceChecks absences) {
        this.readings = readings;
        this.stored = stored;
        this.absences = absences;
    }

    void run(VerificationClaim claim) {
        readings.checkConversations(claim);
        readings.checkReadings(claim);
        readings.checkActivities(claim);
        stored.checkParts(claim);
        stored.checkFiles(claim);
        stored.checkDirectory(claim);
        absences.checkNumbers(claim);
        absences.checkAbsences(claim);
        // What is absent now and was never read cannot be read any more.
        readings.checkLedger(claim);
    }
}
