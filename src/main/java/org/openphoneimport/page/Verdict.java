package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.Verification;
import org.openphoneimport.status.VerificationView;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a verification found out.
 *
 * @param status {@code running}, {@code clean} or {@code discrepancies}
 * @param checkedAt when
 * @param checks what was compared
 * @param discrepancies the first of them
 * @param more how many there are beyond those, in words; empty for none
 * @param unavailable how many OpenPhone does not give
 * @param words what it comes to, in words
 */
public record Verdict(String status, Moment checkedAt, List<Check> checks, List<Discrepancy> discrepancies, String more,
        long unavailable, String words) {

    static Verdict of(Verification verification) {
        long more = verification.found() - verification.first().size();
        return new Verdict(verification.status(), new Moment(verification.checkedAt()), checks(verification.checks()),
                verification.first().stream().map(Discrepancy::of).toList(),
                more <= 0 ? "" : Numbers.exact(more) + " more", verification.unavailable(),
                words(verification.status(), verification.missing(), verification.different()));
    }

    private static List<Check> checks(JsonNode checks) {
        return checks.valueStream()
                .map(check -> new Check(Numbers.shortened(check.path("name").asText()),
                        Numbers.exact(check.path("checked").asLong()), Numbers.exact(check.path("found").asLong())))
                .toList();
    }

    /** Whether something can be brought: what OpenPhone has and we have not, or have differently. */
    public boolean repairable() {
        return discrepancies.stream().anyMatch(Discrepancy::fails);
    }

    /** How many can be accepted not to be here, in words; empty for none. */
    public String acceptable() {
        return unavailable == 0 ? "" : Numbers.exact(unavailable);
    }

    /** Whether it is not there yet. */
    public boolean isOpen() {
        return status.equals("running");
    }

    /** The colour that goes with it. */
    public String tone() {
        return switch (status) {
            case "clean" -> "good";
            case "discrepancies" -> "bad";
            default -> "busy";
        };
    }

    /** {@code 14 items missing, 1 changed}. */
    static String words(String status, long missing, long different) {
        return switch (status) {
            case "clean" -> "Nothing missing or changed";
            case "discrepancies" -> missing == 0 ? Numbers.counted(different, "item") + " changed"
                    : Numbers.counted(missing, "item") + " missing"
                            + (different == 0 ? "" : ", " + Numbers.exact(different) + " changed");
            default -> "Checking";
        };
    }

    /**
     * One comparison.
     *
     * @param name what was compared
     * @param checked how many
     * @param found how many of them were not as they should be
     */
    public record Check(String name, String checked, String found) {

        public boolean clean() {
            return found.equals("0");
        }
    }

    /**
     * One difference.
     *
     * @param kind missing, different, unavailable, newer, waiting or absent
     * @param subject message, call, conversation ...
     * @param id OpenPhone's
     * @param finding a sentence
     */
    public record Discrepancy(String kind, String subject, String id, String finding) {

        static Discrepancy of(VerificationView.DiscrepancyView found) {
            return new Discrepancy(found.kind(), found.subject(), Numbers.id(found.id()), Numbers.shortened(found.finding()));
        }

        /** Where what it is about is shown; null when that is no message, call or conversation. */
        public @Nullable String address() {
            return Address.ofSubject(subject, id);
        }

        /** Those that fail a run; the others are named only. */
        public boolean fails() {
            return kind.equals("missing") || kind.equals("different");
        }
    }
}
