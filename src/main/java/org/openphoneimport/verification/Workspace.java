package org.openphoneimport.verification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the database holds of the workspace altogether, whatever single runs did.
 *
 * @param complete whether everything up to {@code coveredUntil} is here, but for what an operator has accepted not to have
 * @param sentence the same in words
 * @param coveredUntil the start of the last run that listed all conversations; null before the first
 * @param open what keeps it from being complete; nothing where it is
 * @param accepted how many gaps an operator has accepted
 * @param conversations that are stored
 * @param messages that are stored
 * @param calls that are stored
 * @param files that are stored
 * @param leftOut what is not imported by configuration, and so not spoken of
 * @param around what is not read with every run
 */
@RegisterForReflection
public record Workspace(boolean complete, String sentence, @Nullable Instant coveredUntil, List<Open> open, long accepted,
        long conversations, long messages, long calls, long files, List<String> leftOut, Surroundings around) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /**
     * A kind of gap.
     *
     * @param kind missing, unavailable or waiting
     * @param reason what is not here and why, in the plural
     * @param count how many
     */
    @RegisterForReflection
    public record Open(String kind, String reason, long count) {

        @Override
        public String toString() {
            return String.format(Locale.US, "%s (%,d)", reason, count);
        }
    }

    static Workspace of(@Nullable Instant coveredUntil, List<Open> open, long accepted, Stored stored,
            List<String> leftOut, Surroundings around) {
        boolean complete = coveredUntil != null && open.isEmpty();
        return new Workspace(complete, sentence(coveredUntil, open, accepted, around) + without(coveredUntil, leftOut),
                coveredUntil, List.copyOf(open), accepted,
                stored.conversations(), stored.messages(), stored.calls(), stored.files(), List.copyOf(leftOut), around);
    }

    private static String without(@Nullable Instant coveredUntil, List<String> leftOut) {
        return coveredUntil == null || leftOut.isEmpty() ? ""
                : " Left out by configuration: " + String.join(", ", leftOut) + ".";
    }

    /** How many rows and files are stored. */
    @RegisterForReflection
    record Stored(long conversations, long messages, long calls, long files) {
    }

    private static String sentence(@Nullable Instant coveredUntil, List<Open> open, long accepted, Surroundings around) {
        if (!open.isEmpty()) {
            return "Not everything is here. Still open: " + open.stream().map(Open::toString).collect(Collectors.joining("; "))
                    + ".";
        }
        if (coveredUntil == null) {
            return "Nothing has been imported yet.";
        }
        var until = "up to " + MINUTE.format(coveredUntil);
        var earlier = around.earlier(coveredUntil);
        return accepted == 0 ? "Everything " + until + " is here" + earlier + "."
                : String.format(Locale.US, "Complete %s but for %,d accepted%s.", until, accepted, earlier);
    }

    /** Whether something is not here that can be brought. */
    @JsonIgnore
    public boolean isSomethingMissing() {
        return open.stream().anyMatch(gap -> gap.kind().equals("missing"));
    }

    /** Whether nothing has been imported, and nothing was tried. */
    @JsonIgnore
    public boolean isEmpty() {
        return coveredUntil == null && open.isEmpty();
    }
}
