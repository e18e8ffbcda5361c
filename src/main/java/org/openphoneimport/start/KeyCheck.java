package org.openphoneimport.start;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WorkspaceKeys;

/** Tries the API key with one request, for a person who waits for the answer: start-run answers within 5 s. */
@ApplicationScoped
public class KeyCheck {

    private static final Duration FOR_A_SLOT = Duration.ofSeconds(3);

    private final OpenPhone openPhone;
    private final WorkspaceKeys keys;
    private final Clock clock;

    KeyCheck(OpenPhone openPhone, WorkspaceKeys keys, Clock clock) {
        this.openPhone = openPhone;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Asks OpenPhone whose the key is unless that is known. If it does not answer, the next request asks again before anything
     * else.
     *
     * @return why the key cannot be used, in a sentence; empty when nothing speaks against it
     */
    public Optional<String> obstacle() {
        if (keys.isProven()) {
            return Optional.empty();
        }
        try {
            return keys.prove(numbers()) ? Optional.empty() : Optional.of(WorkspaceKeys.FOREIGN);
        } catch (OpenPhoneException.KeyRefused e) {
            return Optional.of("OpenPhone refused the API key. " + e.what()
                    + ". Check OPENPHONE_API_KEY; a new key can need half a minute to work");
        } catch (OpenPhoneException | NotNowException e) {
            return Optional.empty();
        }
    }

    /** Returns the numbers of the key's workspace. */
    public List<PhoneNumberDocument> numbers() {
        return openPhone.phoneNumbersPromptly(new Caller(null, clock.instant().plus(FOR_A_SLOT))).items();
    }
}
