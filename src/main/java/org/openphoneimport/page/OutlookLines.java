package org.openphoneimport.page;

import java.time.Duration;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.prospect.AutomaticRecording;
import org.openphoneimport.prospect.Outlook;
import org.openphoneimport.prospect.Range;
import org.openphoneimport.prospect.Size;

/** What an operator reads of what OpenPhone told before a start, a sentence each, without the full stop. */
final class OutlookLines {

    private static final String TO_BE_ASKED = "OpenPhone is being asked";

    private OutlookLines() {
    }

    /** Whether it is paid for, and what that means for the time that is left. */
    static String subscription(@Nullable Outlook outlook) {
        if (outlook == null) {
            return TO_BE_ASKED;
        }
        if (outlook.organization() == null || outlook.organization().subscriptionStatus() == null) {
            return "Not known" + why(outlook);
        }
        return outlook.organization().hasExpired()
                ? "OpenPhone says that it has expired. Its API may stop answering on any day, and it holds numbers for 30 days at "
                        + "most: start now"
                : "OpenPhone says that it is active. If you are leaving, the last run has to end, its files included, before the "
                        + "paid period does; no API tells when that is";
    }

    /** How much there is. */
    static String size(@Nullable Outlook outlook) {
        if (outlook == null) {
            return "Everything. About how much that is, " + TO_BE_ASKED;
        }
        var size = outlook.size();
        return size == null ? "Everything. How much that is is not known before it is listed" + why(outlook)
                : "Everything: %s, %s and %s, by a sample of %s".formatted(counted(size.conversations(), "conversation"),
                        counted(size.messages(), "message"), counted(size.calls(), "call"),
                        Format.counted(size.pages(), "page"));
    }

    /**
     * How long that takes.
     *
     * @param perSecond requests; 0 when they are not limited
     */
    static String time(Size size, boolean witnessed, double perSecond) {
        var requests = size.requests(witnessed);
        return range(requests, Format::about) + " requests" + (perSecond <= 0 ? ""
                : ", at %s a second in %s".formatted(Format.rate(perSecond), minutes(requests, perSecond)))
                + ". For each contact up to three more";
    }

    /** Whether recordings can be expected. */
    static String recording(@Nullable Outlook outlook) {
        if (outlook == null) {
            return TO_BE_ASKED;
        }
        var recording = outlook.recording();
        if (recording == null) {
            return "Not known" + why(outlook);
        }
        return numbers(recording) + (recording.unknown() == 0 ? ""
                : ". Of " + Format.counted(recording.unknown(), "number") + " it is not known")
                + ". How it was before no API tells, and what was not recorded cannot be imported";
    }

    private static String numbers(AutomaticRecording recording) {
        return recording.off().isEmpty() ? "Automatic now for " + Format.counted(recording.on(), "number")
                : "Off now for " + Format.phones(recording.off()) + "; automatic for "
                        + Format.counted(recording.on(), "number");
    }

    private static String why(Outlook outlook) {
        return outlook.obstacle() == null ? "" : ": " + Format.shortened(outlook.obstacle());
    }

    private static String counted(Range range, String noun) {
        return range.high() == range.low() ? Format.counted(range.high(), noun)
                : range(range, Format::about) + " " + noun + "s";
    }

    private static String minutes(Range requests, double perSecond) {
        return range(requests, number -> Format.roughly(Duration.ofSeconds(Math.round(number / perSecond)))
                .replace("about ", ""));
    }

    private static String range(Range range, LongFunction<String> format) {
        var low = format.apply(range.low());
        var high = format.apply(range.high());
        return low.equals(high) ? "about " + high : low + " to " + high;
    }
}
