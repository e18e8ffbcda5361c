package org.openphoneimport.status;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A step of a run's checklist as its row has it.
 *
 * @param name what is done
 * @param state {@code pending}, {@code active}, {@code undone} or {@code skipped}
 * @param finding what there is to say about it, in a sentence; null when there is nothing
 * @param changedAt when state or finding last changed
 */
@RegisterForReflection
public record StepView(String name, String state, @Nullable String finding, Instant changedAt) {
}
