package org.openphoneimport.page;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.status.StepView;

/**
 * A step of a run's checklist: what is done before it imports, and undone when it has ended.
 *
 * @param name as in the table
 * @param state {@code pending}, {@code active}, {@code undone} or {@code skipped}
 * @param finding what there is to say about it, in a sentence; null when there is nothing
 * @param changedAt when that last changed
 */
public record ChecklistLine(String name, String state, @Nullable String finding, PageTime changedAt) {

    // As the checklist names them.
    private static final Pattern STAYED_ON = Pattern.compile("(\\d+) webhooks stayed on: [^\n]*");

    static ChecklistLine of(StepView step) {
        return new ChecklistLine(step.name(), step.state(), step.finding() == null ? null : Format.shortened(step.finding()),
                new PageTime(step.changedAt()));
    }

    /** Where it stands, in words. */
    public String title() {
        return switch (name + " " + state) {
            case "read-only pending" -> "System becomes read-only before the import";
            case "read-only active" -> "System is read-only until the run ends";
            case "read-only undone" -> "Read-only mode lifted";
            case "read-only skipped" -> "System stayed writable";
            case "webhooks pending" -> "Webhooks are switched off before the import";
            case "webhooks active" -> "Webhooks are off until the run ends";
            case "webhooks undone" -> "Webhooks are on again";
            case "webhooks skipped" -> stayedOn();
            case "reconciliation pending" -> "What comes meanwhile is imported afterwards";
            case "reconciliation undone" -> "What came meanwhile is imported";
            case "reconciliation skipped" -> "No reconciliation has to follow";
            default -> name + " " + state;
        };
    }

    /** {@code Webhooks stayed on (2): they could not be paused}. */
    private String stayedOn() {
        var stayed = STAYED_ON.matcher(finding == null ? "" : finding);
        return !stayed.lookingAt() ? "No webhook was switched off"
                : "Webhooks stayed on (%s)".formatted(stayed.group(1))
                        + (stayed.group().contains("cannot be paused") ? ": they could not be paused" : "");
    }

    /** Whether the title is followed by the time. */
    public boolean dated() {
        return state.equals("undone");
    }

    /** The mark that goes with it. */
    public String mark() {
        return switch (state) {
            case "active", "undone" -> "clean";
            case "skipped" -> "skipped";
            default -> "open";
        };
    }
}
