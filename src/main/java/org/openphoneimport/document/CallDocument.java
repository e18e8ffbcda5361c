package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call as OpenPhone lists it.
 *
 * @param id {@code AC...}
 * @param participants E.164; on live accounts the own number stands among them, and there may be none
 * @param duration seconds
 * @param listedSummary what the list itself says of a summary; v1's says nothing
 * @param listedVoicemail what the list itself says of a voicemail; v1's says nothing
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record CallDocument(String id, @Nullable String phoneNumberId, @Nullable String userId, List<String> participants,
        @Nullable String direction, @Nullable String status, @Nullable Integer duration, @Nullable String callRoute,
        @Nullable Instant answeredAt, @Nullable String answeredBy, @Nullable String initiatedBy,
        @Nullable String forwardedFrom, @Nullable String forwardedTo, @Nullable String aiHandled,
        @Nullable Instant completedAt, @Nullable Instant createdAt, @Nullable Instant updatedAt,
        @Nullable SummaryDocument listedSummary, @Nullable VoicemailDocument listedVoicemail, List<String> oddities,
        JsonNode payload) implements Document {

    private static final Set<String> DIRECTIONS = Set.of("incoming", "outgoing");
    private static final Set<String> STATUSES = Set.of("queued", "initiated", "ringing", "in-progress", "completed", "busy",
            "failed", "no-answer", "canceled", "missed", "answered", "forwarded", "abandoned");

    public static CallDocument read(Fields fields) {
        return read(fields, "userId", fields.texts("participants"));
    }

    /** As the API of 2026-03-30 has it: participants are documents, and who took part is an actor. */
    public static CallDocument readDated(Fields fields) {
        return read(fields, "actorId", fields.documents("participants").stream()
                .map(party -> party.isTextual() ? party.textValue() : new Fields(party).text("phoneNumber"))
                .filter(Objects::nonNull)
                .map(Storable::text)
                .toList());
    }

    /** Whether the list that brought it says what was left and summed up, too; v1's never does. */
    public boolean bringsParts() {
        return listedSummary != null;
    }

    /** What the list says of a summary; empty when there is none, or the list says nothing. */
    public Optional<SummaryDocument> summary() {
        return Optional.ofNullable(listedSummary).filter(summary -> !summary.isAbsent());
    }

    /** What the list says of a voicemail; empty when there is none, or the list says nothing. */
    public Optional<VoicemailDocument> voicemail() {
        return Optional.ofNullable(listedVoicemail).filter(voicemail -> !voicemail.isAbsent());
    }

    private static CallDocument read(Fields fields, String user, List<String> participants) {
        var id = fields.id();
        var summary = fields.object("summary");
        var voicemail = fields.object("voicemail");
        return new CallDocument(id, fields.text("phoneNumberId"), fields.text(user), participants,
                fields.oneOf("direction", DIRECTIONS), fields.oneOf("status", STATUSES), fields.integer("duration"),
                fields.text("callRoute"), fields.instant("answeredAt"), fields.text("answeredBy"), fields.text("initiatedBy"),
                fields.text("forwardedFrom"), fields.text("forwardedTo"), fields.text("aiHandled"),
                fields.instant("completedAt"), fields.requiredInstant("createdAt"), fields.instant("updatedAt"),
                summary == null ? null : SummaryDocument.read(summary),
                voicemail == null ? null : VoicemailDocument.read(voicemail, id),
                fields.oddities(), fields.payload());
    }
}
