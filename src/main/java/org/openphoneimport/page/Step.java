package org.openphoneimport.page;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.StepView;

/**
 * A step of a run's checklist: what is done before it imports, and undone when it has ended.
 *
 * @param name as in the table
 * @param state {@code pending}, {@code active}, {@code undone} or {@code skipped}
 * @param finding what there is to say about it, in a sentence; null when there is nothing
 */
public record Step(String name, String state, @Nullable String finding) {

    static Step of(StepView step) {
        return new Step(step.name(), step.state(), step.finding() == null ? null : Numbers.shortened(step.finding()));
    }

    /** What it is about, in words. */
    public String title() {
        return switch (name) {
            case "read-only" -> "System is read-only";
            case "webhooks" -> "Webhooks are off";
            case "reconciliation" -> "What came meanwhile is imported";
            default -> name;
        };
    }

    /** Where it stands, in words. */
    public String words() {
        return switch (state) {
            case "pending" -> "not yet";
            case "active" -> "until the run ends";
            case "undone" -> "over";
            case "skipped" -> "skipped";
            default -> state;
        };
    }

    /** The mark that goes with it. */
    public String mark() {
        return switch (state) {
            case "active" -> "clean";
            case "skipped" -> "skipped";
            default -> "open";
        };
    }
}
