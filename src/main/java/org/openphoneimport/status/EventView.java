package org.openphoneimport.status;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A line of a run's log.
 *
 * @param id rises with time
 * @param at when
 * @param level {@code info}, {@code warning} or {@code error}
 * @param kind what it is about: status, listing, batch, wait, issue, sample
 * @param what a whole sentence
 * @param figures of a sample; null for other kinds
 */
@RegisterForReflection
public record EventView(long id, Instant at, String level, String kind, String what, @Nullable JsonNode figures) {
}
