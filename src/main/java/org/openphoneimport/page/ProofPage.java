package org.openphoneimport.page;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Frame;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.frame.PartyTitle;
import org.openphoneimport.proof.Proof;

/**
 * The verdict as a page to print.
 *
 * @param frame what stands around it
 * @param address of the run
 * @param document where it is to be had as a file, without the format
 * @param writtenAt when it was written
 * @param scope of what it speaks, as names and values
 * @param status {@code running}, {@code clean} or {@code discrepancies}
 * @param words the verdict in words
 * @param checks what was compared
 * @param numbers what is stored of each number
 * @param months the same by month
 * @param digests how the digests can be computed again
 * @param discrepancies the first of what was found
 * @param moreDiscrepancies how many there are beyond those, in words; null for none
 * @param accepted what an operator has accepted not to have
 * @param moreAccepted how many there are beyond those, in words; null for none
 * @param notGiven what no API gives
 */
public record ProofPage(Frame frame, String address, String document, PageTime writtenAt, List<Fact> scope, String status,
        String words, List<Check> checks, List<OwnNumber> numbers, List<Month> months, String digests,
        List<Finding> discrepancies,
        @Nullable String moreDiscrepancies, List<Accepted> accepted, @Nullable String moreAccepted, List<Proof.Lack> notGiven) {

    // Paper is patient, a printer is not; the files have all of it.
    private static final int MOST = 500;

    /** Kinds of findings that fail no run, and are not here all the same. */
    private static final Set<String> OPEN = Set.of("unavailable", "waiting");

    static ProofPage of(Frame frame, Proof proof) {
        var id = proof.scope().runId();
        return new ProofPage(frame, "/runs/" + id, "/api/runs/" + id + "/verification?format=", new PageTime(proof.writtenAt()),
                scope(proof), proof.verdict().status(), words(proof),
                proof.checks().stream().map(each -> new Check(Format.shortened(each.name()), Format.exact(each.checked()),
                        Format.exact(each.found()))).toList(),
                proof.numbers().stream().map(OwnNumber::of).toList(), proof.months().stream().map(Month::of).toList(),
                proof.digests(),
                proof.discrepancies().stream().limit(MOST).map(each -> new Finding(each.kind(), each.subject(),
                        Format.id(each.id()), Format.shortened(each.finding()))).toList(),
                more(proof.discrepancies().size()),
                proof.accepted().stream().limit(MOST).map(each -> new Accepted(each.subject(), Format.id(each.id()),
                        Format.shortened(each.finding()), Format.id(each.by()), Format.shortened(each.reason()),
                        new PageTime(each.at()))).toList(),
                more(proof.accepted().size()), proof.notGiven());
    }

    private static String words(Proof proof) {
        long open = proof.discrepancies().stream().filter(each -> OPEN.contains(each.kind())).count();
        return switch (proof.verdict().status()) {
            case "clean" -> "Nothing is missing or different"
                    + (open == 0 ? "" : ", but " + Format.counted(open, "item") + " not given");
            case "discrepancies" -> "Something is missing or different";
            default -> "The comparison has not ended yet";
        };
    }

    private static @Nullable String more(int all) {
        return all <= MOST ? null : Format.exact(all - MOST) + " more";
    }

    private static List<Fact> scope(Proof proof) {
        var scope = proof.scope();
        return Stream.of(new Fact("Run", scope.runId()), new Fact("Type", scope.type()), new Fact("Status", scope.status()),
                new Fact("Window", (scope.from() == null ? "everything" : "from " + new PageTime(scope.from()).day())
                        + (scope.to() == null ? "" : " to " + new PageTime(scope.to()).day())),
                new Fact("Started", time(PageTime.of(scope.startedAt()))),
                new Fact("Ended", time(PageTime.of(scope.completedAt()))),
                new Fact("Checked", time(PageTime.of(proof.verdict().checkedAt()))
                        + (proof.verdict().full() ? ", everything read again" : "")),
                new Fact("API", scope.api() == null ? "" : scope.api()),
                new Fact("Confirmed by", scope.witness() == null
                        ? "no other API"
                                + (scope.witnessObstacle() == null ? "" : ": " + Format.shortened(scope.witnessObstacle()))
                        : "API " + scope.witness()),
                new Fact("The whole workspace", scope.workspace())).filter(fact -> !fact.value().isEmpty()).toList();
    }

    private static String time(@Nullable PageTime moment) {
        return moment == null ? "" : moment.minute();
    }

    /** A name and a value. */
    public record Fact(String name, String value) {
    }

    /** A comparison. */
    public record Check(String name, String checked, String found) {
    }

    /** What is stored of a number of the workspace. */
    public record OwnNumber(String label, String conversations, String messages, String messagesDigest, String calls,
            String callsDigest) {

        static OwnNumber of(Proof.OwnNumber number) {
            return new OwnNumber(named(number.name(), number.number(), number.id()), Format.exact(number.conversations()),
                    Format.exact(number.messages()), number.messagesDigest(), Format.exact(number.calls()),
                    number.callsDigest());
        }
    }

    /** What is stored of a month of a number. */
    public record Month(String label, String month, String messages, String calls) {

        static Month of(Proof.Month month) {
            return new Month(named(null, month.number(), month.numberId()), month.month().isEmpty() ? "without a time"
                    : month.month(), Format.exact(month.messages()), Format.exact(month.calls()));
        }
    }

    /** A difference. */
    public record Finding(String kind, String subject, String id, String finding) {
    }

    /** An exception. */
    public record Accepted(String subject, String id, String finding, String by, String reason, PageTime at) {
    }

    private static String named(@Nullable String name, @Nullable String number, String id) {
        var own = PartyTitle.own(name, number);
        return own.isEmpty() ? id.isEmpty() ? "Without a number" : Format.id(id) : own;
    }
}
