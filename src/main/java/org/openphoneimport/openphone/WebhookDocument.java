package org.openphoneimport.openphone;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A webhook of v1.
 *
 * @param id {@code WH...}
 * @param events such as {@code message.received}
 * @param resourceIds numbers, or the one value {@code *}
 * @param payload the document as received; its signing key stands in it
 */
public record WebhookDocument(String id, @Nullable String userId, @Nullable String label, @Nullable String status,
        @Nullable String url, List<String> events, List<String> resourceIds, JsonNode payload) {

    /** The document that was kept as it was received. */
    public static WebhookDocument of(JsonNode payload) {
        return read(new Fields(payload));
    }

    static WebhookDocument read(Fields fields) {
        return new WebhookDocument(fields.id(), fields.text("userId"), fields.text("label"), fields.text("status"),
                fields.text("url"), fields.texts("events"), fields.texts("resourceIds"), fields.payload());
    }

    /** Whether it is being called. */
    public boolean isLive() {
        return !"disabled".equals(status);
    }

    /** The part of the path under which such a webhook can be made; null when it cannot be made through the API. */
    public @Nullable String kind() {
        var known = Set.copyOf(events);
        if (known.isEmpty() || url == null) {
            return null;
        }
        if (Set.of("message.received", "message.delivered").containsAll(known)) {
            return "messages";
        }
        if (Set.of("call.completed", "call.ringing", "call.recording.completed").containsAll(known)) {
            return "calls";
        }
        if (Set.of("call.summary.completed").containsAll(known)) {
            return "call-summaries";
        }
        return Set.of("call.transcript.completed").containsAll(known) ? "call-transcripts" : null;
    }

    /** Whether somebody who is called could not tell the two apart, but for the key. */
    public boolean isLike(WebhookDocument other) {
        return Objects.equals(url, other.url) && Objects.equals(label, other.label)
                && Objects.equals(userId, other.userId) && Objects.equals(status, other.status)
                && Set.copyOf(events).equals(Set.copyOf(other.events))
                && Set.copyOf(resourceIds).equals(Set.copyOf(other.resourceIds));
    }
}
