package org.openphoneimport.start;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.faulttolerance.Timeout;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.PhoneNumberDocument;

/** Tries the API key with one request, for somebody who waits for the answer: start-run answers within 5 s. */
@ApplicationScoped
class KeyCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OpenPhone openPhone;
    private final Clock clock;

    KeyCheck(OpenPhone openPhone, Clock clock) {
        this.openPhone = openPhone;
        this.clock = clock;
    }

    /** Returns the workspace's numbers. */
    @Timeout(value = 3500, unit = ChronoUnit.MILLIS)
    List<PhoneNumberDocument> numbers() {
        return openPhone.phoneNumbers(new Caller(null, clock.instant().plus(PATIENCE))).items();
    }
}
