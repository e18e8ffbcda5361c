package org.openphoneimport.start;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.PhoneNumberDocument;

/** Tries the API key with one request, for somebody who waits for the answer: start-run answers within 5 s. */
@ApplicationScoped
class KeyCheck {

    private static final Duration FOR_A_SLOT = Duration.ofSeconds(3);

    private final OpenPhone openPhone;
    private final Clock clock;

    KeyCheck(OpenPhone openPhone, Clock clock) {
        this.openPhone = openPhone;
        this.clock = clock;
    }

    /** Returns the workspace's numbers. */
    List<PhoneNumberDocument> numbers() {
        return openPhone.phoneNumbersPromptly(new Caller(null, clock.instant().plus(FOR_A_SLOT))).items();
    }
}
