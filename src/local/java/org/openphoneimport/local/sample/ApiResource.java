package org.openphoneimport.local.sample;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.http.Problem;

/** What v1's error codes begin with, and the errors each resource can answer. */
enum ApiResource {

    CALLS("01", "0101403"),
    MESSAGES("02", "0202403"),
    WEBHOOKS("03", "0300403"),
    PHONE_NUMBERS("04", "0400403"),
    SUMMARIES("05", "0500403"),
    TRANSCRIPTS("06", "0600403"),
    TASKS("06", "0600403"),
    CUSTOM_FIELDS("07", "0700403"),
    CONTACTS("08", "0801403"),
    RECORDINGS("09", "0900403"),
    CONVERSATIONS("10", "1001403"),
    USERS("11", "1100403"),
    VOICEMAILS("12", "1200403");

    private final String prefix;
    private final String forbidden;

    ApiResource(String prefix, String forbidden) {
        this.prefix = prefix;
        this.forbidden = forbidden;
    }

    Refusal notFound(String id) {
        return new Refusal(Problem.of(404, code(404), "Not Found", "Not Found: " + id));
    }

    Refusal notPhoneNumberUser() {
        return new Refusal(Problem.named(403, forbidden, "Not Phone Number User"));
    }

    Refusal forbidden() {
        return new Refusal(Problem.of(403, forbidden, "Forbidden", "User is forbidden to perform this action"));
    }

    /** Whatever it says of other resources is not known. */
    Refusal subscriptionExpired() {
        return new Refusal(Problem.named(402, "0201402", "Subscription Expired", "Your subscription has expired"));
    }

    Refusal tooManyParticipants() {
        return new Refusal(Problem.named(400, "0101400", "Too Many Participants"));
    }

    Refusal badParameter(String name, String message, @Nullable Object value, String type) {
        return new Refusal(Problem.parameter(code(400), name, message, value, type));
    }

    private String code(int status) {
        return prefix + "00" + status;
    }
}
