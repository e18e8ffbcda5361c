package org.openphoneimport.directory;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Telephone numbers as people type them, in the one form that OpenPhone's conversations use.
 *
 * @param region where a number without a country is dialled, such as US
 */
public record E164(String region) {

    // Where OpenPhone sells most of its numbers.
    private static final String USUAL_REGION = "US";

    // All numbers are equally long there, so one of that length is whole, though its area be too new to be known.
    private static final int NORTH_AMERICA = 1;

    /** Numbers without a country are of the workspace's own country. */
    public static E164 ofWorkspace() {
        List<?> own = Panache.getEntityManager().createNativeQuery("""
                SELECT number FROM phone_numbers WHERE number LIKE '+%' ORDER BY created_at NULLS LAST, id LIMIT 1
                """, String.class).getResultList();
        return new E164(own.isEmpty() ? USUAL_REGION : region((String) own.getFirst()));
    }

    /** Returns null for what is no number, or could not be dialled from everywhere: one without its area code could be any. */
    @Nullable
    public String of(String value) {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parseAndKeepRawInput(value, region);
            // A length that is possible may be that of a number within an area.
            boolean whole = numbers.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    && (namesCountry(number) || number.getCountryCode() == NORTH_AMERICA || numbers.isValidNumber(number));
            return whole ? numbers.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static boolean namesCountry(PhoneNumber number) {
        return switch (number.getCountryCodeSource()) {
            case FROM_NUMBER_WITH_PLUS_SIGN, FROM_NUMBER_WITH_IDD -> true;
            case FROM_NUMBER_WITHOUT_PLUS_SIGN, FROM_DEFAULT_COUNTRY, UNSPECIFIED -> false;
        };
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
