package org.openphoneimport.directory;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Telephone numbers as people type them, in the one form that OpenPhone's conversations use.
 *
 * @param region where a number without a country is dialled, such as US
 */
record E164(String region) {

    // Where OpenPhone sells most of its numbers.
    private static final String USUAL_REGION = "US";

    /** Numbers without a country are of the workspace's own country. */
    static E164 ofWorkspace() {
        List<?> own = Panache.getEntityManager().createNativeQuery("""
                SELECT number FROM phone_numbers WHERE number LIKE '+%' ORDER BY created_at NULLS LAST, id LIMIT 1
                """, String.class).getResultList();
        return new E164(own.isEmpty() ? USUAL_REGION : region((String) own.getFirst()));
    }

    /** Returns null for what is no number, or could not be dialled. */
    @Nullable
    String of(String value) {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(value, region);
            return numbers.isPossibleNumber(number) ? numbers.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static String region(String number) {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var region = numbers.getRegionCodeForNumber(numbers.parse(number, USUAL_REGION));
            return region == null || region.equals("001") ? USUAL_REGION : region;
        } catch (NumberParseException e) {
            return USUAL_REGION;
        }
    }
}
