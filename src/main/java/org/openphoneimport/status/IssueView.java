package org.openphoneimport.status;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An issue of a run as stored.
 *
 * @param id to try it again by
 * @param level {@code error} or {@code warning}
 * @param stage what was being done: listing, messages, calls
 * @param subject what it is about: conversation, message, call
 * @param subjectId its OpenPhone id
 * @param what what happened, as a sentence
 * @param request what can be tried again, such as {@code GET /v1/messages?...}; null when there is nothing to try
 * @param occurredAt when it was met first
 * @param resolvedAt since when it is no issue any more; null while it is one
 * @param parties whom it is about
 */
@RegisterForReflection
public record IssueView(long id, String level, String stage, String subject, String subjectId, String what,
        @Nullable String request, Instant occurredAt, @Nullable Instant resolvedAt, Parties parties) {
}
