package org.openphoneimport.page;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Address;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.status.Verification;
import org.openphoneimport.status.VerificationView;

/**
 * What a verification found out.
 *
 * @param status {@code running}, {@code clean} or {@code discrepancies}
 * @param checkedAt when
 * @param checks what was compared
 * @param discrepancies the first of what is missing or different
 * @param more how many there are beyond those, in words; empty for none
 * @param notes what else was found and fails no run, a line for each kind
 * @param unavailable the first that OpenPhone does not give
 * @param acceptable how many OpenPhone does not give, in words; empty for none
 * @param words what it comes to, in words
 * @param open whether something is refused or on its way
 */
public record VerdictPanel(String status, PageTime checkedAt, List<Check> checks, List<Discrepancy> discrepancies, String more,
        List<Note> notes, List<Discrepancy> unavailable, String acceptable, String words, boolean open) {

    static VerdictPanel of(Verification verification) {
        long missing = verification.count("missing");
        long different = verification.count("different");
        long more = missing + different - verification.first().size();
        long refused = verification.count("unavailable");
        return new VerdictPanel(verification.status(), new PageTime(verification.checkedAt()), checks(verification),
                verification.first().stream().map(Discrepancy::of).toList(),
                more <= 0 ? "" : Format.exact(more) + " more", notes(verification),
                verification.unavailable().stream().map(Discrepancy::of).toList(),
                refused == 0 ? "" : Format.exact(refused), words(verification.status(), missing, different, open(verification)),
                open(verification) > 0);
    }

    private static List<Note> notes(Verification verification) {
        return Stream.of(new Note("unavailable", "", "OpenPhone refuses them, or its API does not give them"),
                new Note("accepted", "", "OpenPhone does not give them, and an operator has accepted that"),
                new Note("waiting", "", "OpenPhone or a host has not delivered them yet; they are retried automatically"),
                new Note("newer", "",
                        "they came or changed after the run, or outside of its time range; a later run brings them"),
                new Note("absent", "", "they are here, and OpenPhone does not show them any more"))
                .filter(note -> verification.count(note.kind()) > 0)
                .map(note -> new Note(note.kind(), Format.exact(verification.count(note.kind())), note.meaning())).toList();
    }

    /** Only what is missing or different is a fault; verdicts of earlier versions do not say which check found it. */
    private static List<Check> checks(Verification verification) {
        boolean unnamed = verification.failing().containsKey("");
        return verification.checks().stream().map(check -> {
            long found = check.found();
            long fails = unnamed ? found : verification.failing().getOrDefault(check.name(), 0L);
            return new Check(Format.shortened(check.name()), Format.exact(check.checked()),
                    Format.exact(fails > 0 ? fails : found), found == 0 ? "clean" : fails > 0 ? "unclean" : "skipped");
        }).toList();
    }

    /** Whether something can be brought: what OpenPhone has and we have not, or have differently. */
    public boolean repairable() {
        return discrepancies.stream().anyMatch(Discrepancy::fails);
    }

    /** Whether it is not there yet. */
    public boolean isOpen() {
        return status.equals("running");
    }

    /** The colour that goes with it. */
    public String tone() {
        return switch (status) {
            case "clean" -> open ? "waiting" : "good";
            case "discrepancies" -> "bad";
            default -> "busy";
        };
    }

    private static long open(Verification verification) {
        return verification.count("unavailable") + verification.count("waiting");
    }

    /**
     * {@code 14 items missing, 1 changed}.
     *
     * @param open how many items OpenPhone refuses, or has not given yet
     */
    static String words(String status, long missing, long different, long open) {
        return switch (status) {
            case "clean" -> open == 0 ? "Nothing missing or changed" : "Nothing missing, " + Format.exact(open) + " not given";
            case "discrepancies" -> missing == 0 ? Format.counted(different, "item") + " changed"
                    : Format.counted(missing, "item") + " missing"
                            + (different == 0 ? "" : ", " + Format.exact(different) + " changed");
            default -> "Checking";
        };
    }

    /**
     * A kind of finding that fails no run.
     *
     * @param kind unavailable, accepted, waiting, newer or absent
     * @param count how many
     * @param meaning what that means and what becomes of it
     */
    public record Note(String kind, String count, String meaning) {
    }

    /**
     * One comparison.
     *
     * @param name what was compared
     * @param checked how many
     * @param found how many of them are missing or different; where none is, how many were noted
     * @param mark clean, unclean where something is missing or different, skipped where it is only noted
     */
    public record Check(String name, String checked, String found, String mark) {

        /** The same in words. */
        public String words() {
            return switch (mark) {
                case "clean" -> "all right";
                case "unclean" -> found + " missing or changed";
                default -> found + " noted below";
            };
        }
    }

    /**
     * One difference.
     *
     * @param kind missing, different, unavailable, newer, waiting or absent
     * @param subject message, call, conversation ...
     * @param id OpenPhone's
     * @param finding a sentence
     * @param name whom it is about; null where that is not known
     * @param numbers the same, as telephone numbers; empty where there are none
     */
    public record Discrepancy(String kind, String subject, String id, String finding, @Nullable String name, String numbers) {

        static Discrepancy of(VerificationView.DiscrepancyView found) {
            return new Discrepancy(found.kind(), found.subject(), Format.id(found.id()), Format.shortened(found.finding()),
                    found.parties().name() == null ? null : Format.id(found.parties().name()),
                    Format.phones(found.parties().numbers()));
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
