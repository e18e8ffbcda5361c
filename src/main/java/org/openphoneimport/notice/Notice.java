package org.openphoneimport.notice;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that is to be told.
 *
 * @param id the same at each attempt
 * @param run null where it is about none
 * @param figures what there is to tell, as in the table
 * @param workspace as OpenPhone calls it; empty where that is not known
 * @param at when it happened
 */
record Notice(UUID id, NoticeKind kind, @Nullable UUID run, JsonNode figures, String workspace, Instant at) {
}
